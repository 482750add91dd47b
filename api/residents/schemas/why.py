"""Why a phone, or a district, was told of an alert or was not."""

from pydantic import BaseModel, Field

from alerts.alert import Change, Urgency
from alerts.ports import PushResult
from alerts.service.services import Services
from alerts.service.why import AlertWhy, RevisionWhy
from alerts.why.ground import Ground
from alerts.why.rule import Order
from api.residents.schemas.answer import AttributedAnswer
from api.residents.stamp import jma_credit
from api.times import JapanTime


class RuleItem(BaseModel):
    """The rule that put districts in the order of telling."""

    order: Order = Field(description="What decided the order: a rule of the city, the telegram, nothing.")
    id: str | None = Field(examples=["landslide"])
    version: int | None = Field(description="Of the city's rules as they were then; null: none, or not on record.")
    because: str | None = Field(description="Key of the phrase that says why these districts came first.")


class TelegramItem(BaseModel):
    """The telegram behind a revision."""

    id: str
    file: str
    type: str | None = Field(examples=["VPWW56"])
    title: str | None
    issued_at: JapanTime | None


class WhyItem(BaseModel):
    """What decided for one revision."""

    revision: int
    change: Change
    urgency: Urgency = Field(description="In the place where it was told.")
    pushed: bool
    tier: int = Field(description="Place in the order of telling, from 0.")
    decision: Ground
    told: bool | None = Field(description="Null: not known yet, or not any more.")
    sentence: str = Field(description="Telegram, rule, version and what decided, in one sentence.")
    notes: list[str] = Field(description="What is no longer known, and the language used if it is not the phone's.")
    rule: RuleItem
    telegram: TelegramItem | None = Field(description="Null: none caused it, or it is no longer kept.")
    results: dict[PushResult, int] = Field(description="Phones by outcome; of a district: those registered there now.")
    at: JapanTime | None = Field(description="Of the outcome, where one phone is asked about.")

    @classmethod
    def of(cls, why: RevisionWhy) -> "WhyItem":
        """One revision, explained."""
        revision, telegram, rule = why.revision, why.telegram, why.rule
        return cls(
            revision=revision.number,
            change=revision.change,
            urgency=revision.urgency_in(why.tier),
            pushed=revision.pushed,
            tier=why.tier,
            decision=why.ground,
            told=why.told,
            sentence=why.words.sentence,
            notes=list(why.words.notes),
            rule=RuleItem(order=rule.order, id=rule.rule, version=rule.version or None, because=rule.because),
            telegram=telegram
            and TelegramItem(
                id=telegram.id,
                file=telegram.file,
                type=telegram.type,
                title=telegram.title,
                issued_at=telegram.issued_at,
            ),
            results=dict(why.results),
            at=why.at,
        )


class WhyAnswer(AttributedAnswer):
    """The answer for an alert, and below it for each of its revisions, first to last."""

    language: str = Field(description="Of the sentences.", examples=["ja"])
    alert_id: str
    decision: Ground = Field(description="Of the newest revision that was told, else pushed, else of the newest.")
    told: bool | None
    sentence: str
    notes: list[str]
    revisions: list[WhyItem]

    @classmethod
    def of(cls, services: Services, why: AlertWhy) -> "WhyAnswer":
        """An alert, explained. It is read as it is now: never stale."""
        decisive = why.decisive
        return cls(
            as_of=services.clock.now(),
            stale=False,
            drill=services.is_drill,
            attribution=jma_credit(services),
            language=decisive.words.language,
            alert_id=why.alert.id,
            decision=decisive.ground,
            told=decisive.told,
            sentence=decisive.words.sentence,
            notes=list(decisive.words.notes),
            revisions=[WhyItem.of(one) for one in why.revisions],
        )

"""docker-compose.yml by itself: it hangs together, checks every part, and holds no secret."""

import re
import shlex

import pytest
from compose_file import UnsetError, as_written, compose, read_dockerfile, services

from bosai import parts
from bosai.settings import Settings, unknown_variables

ENV_FILE = {"POSTGRES_PASSWORD": "p", "BOSAI_SECRET_KEY": "c" * 44, "BOSAI_BUNDLE_KEY": "d" * 44}
SERVICES = services(ENV_FILE)
BOSAI = [service for service in SERVICES.values() if service.is_bosai]


@pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)
def test_a_service_waits_only_for_services_that_are_there_and_can_say_so(service):
    for name, wait in service.definition.get("depends_on", {}).items():
        condition = wait["condition"]
        assert condition == ("service_completed_successfully" if SERVICES[name].is_one_shot else "service_healthy")


@pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)
def test_every_service_that_stays_is_checked_and_started_again(service):
    assert ("healthcheck" in service.definition) is not service.is_one_shot
    assert service.is_one_shot or service.definition["restart"] == "unless-stopped"


def test_every_part_of_the_service_runs_once_as_a_service_of_its_own():
    commands = [service.command for service in BOSAI if not service.is_one_shot]
    assert sorted(commands) == sorted(["bosai", "run", part] for part in parts.COMMANDS)
    assert commands.count(["bosai", "run", "schedule"]) == 1


def test_there_is_exactly_one_schedule():
    assert "deploy" not in SERVICES["schedule"].definition
    assert "scale" not in SERVICES["schedule"].definition


@pytest.mark.parametrize("service", BOSAI, ids=lambda service: service.name)
def test_every_setting_is_one_of_the_service(service):
    assert unknown_variables(service.environment) == []
    Settings(_env_file=None)


def test_all_parts_have_the_same_settings_but_where_the_api_listens_and_whom_it_trusts():
    of_the_api = {"BOSAI_HOST", "BOSAI_TRUSTED_PROXIES"}
    alike = [{name: value for name, value in s.environment.items() if name not in of_the_api} for s in BOSAI]
    assert all(environment == alike[0] for environment in alike)


def test_without_a_firebase_key_the_setting_is_empty_and_with_one_it_is_the_mounted_secret():
    with_key = services(ENV_FILE | {"FIREBASE_KEY": "./key.json"})
    assert SERVICES["push"].environment["BOSAI_FIREBASE_KEY"] == ""
    assert with_key["push"].environment["BOSAI_FIREBASE_KEY"] == "/run/secrets/firebase"
    assert compose(ENV_FILE | {"FIREBASE_KEY": "./key.json"})["secrets"]["firebase"]["file"] == "./key.json"


@pytest.mark.parametrize("name", ENV_FILE)
def test_it_does_not_start_with_a_secret_missing(name):
    with pytest.raises(UnsetError, match=name):
        compose({other: value for other, value in ENV_FILE.items() if other != name})


def test_no_secret_stands_in_it():
    for service in as_written()["services"].values():
        for name, value in service.get("environment", {}).items():
            if re.search(r"PASSWORD|SECRET|_KEY|_URL", name):
                literal = re.sub(r"\$\{[^}]*\}", "", str(value))
                assert not re.search(r"://[^/@]*:[^/@]+@", literal), f"{name} holds a password"
                assert "URL" in name or literal == "", f"{name} stands there in plain text"


def test_the_api_is_reached_from_this_machine_alone_so_that_a_proxy_stands_before_it():
    published = [port for service in SERVICES.values() for port in service.definition.get("ports", [])]
    assert published == ["127.0.0.1:8000:8000"]


def test_volumes_configs_and_secrets_that_are_used_are_defined():
    file = compose(ENV_FILE)
    for service in SERVICES.values():
        assert {config["source"] for config in service.definition.get("configs", [])} <= set(file["configs"])
        assert set(service.definition.get("secrets", [])) <= set(file["secrets"])
        assert {volume.split(":")[0] for volume in service.definition.get("volumes", [])} <= set(file["volumes"])


def test_it_leaves_a_chunk_under_way_the_time_to_end():
    patience = {service.definition["stop_grace_period"] for service in BOSAI}
    assert {int(text.removesuffix("s")) > parts.DELIVERY_DRAIN_SECONDS for text in patience} == {True}


def test_the_image_has_the_user_the_folder_and_the_port_that_the_file_counts_on():
    text = dict(read_dockerfile())
    assert text["USER"] == "bosai"
    assert text["WORKDIR"] == SERVICES["api"].environment["BOSAI_DATA"]
    assert shlex.split(text["EXPOSE"]) == ["8000"]


def test_r30_what_the_api_knew_last_outlives_its_container_in_a_volume_that_it_may_write():
    """A fresh named volume takes the owner of the image's folder: the user that the service runs as."""
    (volume,) = SERVICES["api"].definition["volumes"]
    assert volume == f"last_known:{SERVICES['api'].environment['BOSAI_DATA']}"
    (made,) = [rest for name, rest in read_dockerfile() if name == "RUN" and rest.startswith("useradd")]
    assert f"--uid 10001 --home-dir {volume.split(':')[1]} --create-home bosai" in made
    assert [service.name for service in BOSAI if "volumes" in service.definition] == ["api"]

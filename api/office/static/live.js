"use strict";
// Keeps a page new without a reload. The server's stream says that something has changed; then the page is asked for
// again and only the sections that differ are put in place: open details, what is typed and the focus stay.

const box = document.getElementById("connection");
const SILENT_MS = 15000; // three beats of the stream
let heard = Date.now();
let shownAt = new Date();
let source = null;
let isOver = false;
let isAsking = false;
let asksAgain = false;

const said = (moment) => moment.toLocaleTimeString("ja-JP", { timeZone: "Asia/Tokyo" });

function tell(text, link) {
  const now = link ? `${text} ${link.label}` : text;
  if (box.textContent === now) return;
  box.textContent = text;
  if (link) {
    const way = document.createElement("a");
    way.href = link.href;
    way.textContent = link.label;
    box.append(" ", way);
  }
}

function lost() {
  if (!isOver) tell(`サーバーに接続できません。${said(shownAt)} の時点の内容を表示しています。最新の状況は、電話などで確認してください。`);
}

function over() {
  isOver = true;
  if (source) source.close();
  tell(`ログインの有効期限が切れました。${said(shownAt)} の時点の内容を表示しています。`, { label: "ログインし直す", href: box.dataset.login });
}

const isChanged = (field) => (field.type === "checkbox" ? field.checked !== field.defaultChecked
  : field.tagName !== "SELECT" && field.type !== "hidden" && field.value !== field.defaultValue);

// What somebody is doing in a section: it is put in place when he has finished.
const isBusy = (section) => [...section.querySelectorAll("input, textarea, select")].some(
  (field) => field === document.activeElement || isChanged(field));

function put(fresh) {
  for (const section of fresh.querySelectorAll("[data-live]")) {
    const shown = document.getElementById(section.id);
    if (!shown || isBusy(shown)) continue;
    for (const details of shown.querySelectorAll("details[open][id]")) {
      const same = section.querySelector(`#${CSS.escape(details.id)}`);
      if (same) same.open = true;
    }
    if (shown.outerHTML === section.outerHTML) continue;
    const place = [...shown.querySelectorAll("a, button, summary")].indexOf(document.activeElement);
    const node = document.adoptNode(section);
    shown.replaceWith(node);
    if (place >= 0) node.querySelectorAll("a, button, summary")[place]?.focus({ preventScroll: true });
  }
}

async function ask() {
  if (isOver) return;
  if (isAsking) { asksAgain = true; return; }
  isAsking = true;
  try {
    const answer = await fetch(location.pathname + location.search, { cache: "no-store" });
    if (answer.redirected || answer.status === 401) return over();
    if (!answer.ok) throw new Error(String(answer.status));
    put(new DOMParser().parseFromString(await answer.text(), "text/html"));
    shownAt = new Date();
    tell("");
  } catch {
    lost();
  } finally {
    isAsking = false;
    if (asksAgain) { asksAgain = false; ask(); }
  }
}

function listen() {
  source = new EventSource(box.dataset.events);
  source.addEventListener("changed", () => { heard = Date.now(); ask(); });
  source.addEventListener("beat", () => { heard = Date.now(); });
  // Refused for good: the session is over, or the service is restarting. The page itself says which.
  source.addEventListener("error", () => {
    if (source.readyState === EventSource.CLOSED && !isOver) { ask(); setTimeout(listen, 3000); }
  });
}

setInterval(() => { if (Date.now() - heard > SILENT_MS) lost(); }, 1000);
listen();

"use strict";
// Saves a draft while it is written, and shows what the server then says of it. What could not be saved is said
// loudly and stays in the form; after a new login the page is opened again with what was typed.

const form = document.getElementById("draft");
const box = document.getElementById("saving");
const CALM_MS = 1200; // after the last key
const kept = `draft ${location.pathname}`;
let timer = null;
let isSaving = false;
let savesAgain = false;
let isStopped = false;

function tell(text, isBad, link) {
  box.classList.toggle("bad", Boolean(isBad));
  box.textContent = text;
  if (!link) return;
  const way = document.createElement("a");
  way.href = link.href;
  way.textContent = link.label;
  box.append(" ", way);
}

function put(fresh) {
  for (const section of fresh.querySelectorAll("[data-live]")) {
    const shown = document.getElementById(section.id);
    if (!shown) continue;
    for (const details of shown.querySelectorAll("details[open][id]")) {
      const same = section.querySelector(`#${CSS.escape(details.id)}`);
      if (same) same.open = true;
    }
    if (shown.outerHTML !== section.outerHTML) shown.replaceWith(document.adoptNode(section));
  }
  const version = fresh.getElementById("version");
  if (version) form.elements.version.value = version.value;
}

function fields() {
  const said = new URLSearchParams(new FormData(form));
  said.delete("postcode");
  said.set("act", "save");
  return said;
}

function stop(text, link) {
  isStopped = true;
  tell(text, true, link);
}

async function save() {
  if (isStopped) return;
  if (isSaving) { savesAgain = true; return; }
  isSaving = true;
  const said = fields();
  sessionStorage.setItem(kept, said.toString());
  try {
    const answer = await fetch(form.action, { method: "POST", body: said, headers: { Accept: "*/*" } });
    if (answer.status === 401 || answer.status === 403 || (answer.redirected && answer.url.includes("/login"))) {
      return stop("ログインの有効期限が切れました。入力した内容はこの画面に残っています。ログインし直すと、続きから入力できます。",
        { label: "ログインし直す", href: box.dataset.login });
    }
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.status === 409) {
      return stop("ほかの人がこの下書きを変更したため、保存できませんでした。入力した内容を控えてから、最新の内容を開いてください。",
        { label: "最新の内容を開く", href: location.pathname });
    }
    put(fresh);
    if (answer.ok) {
      sessionStorage.removeItem(kept);
      tell(`${new Date().toLocaleTimeString("ja-JP", { timeZone: "Asia/Tokyo" })} に保存しました（まだ発信していません）。`);
    } else {
      tell("入力に誤りがあります。「保存して確認」を押すと、詳しい内容を表示します。", true);
    }
  } catch {
    tell("サーバーに接続できないため、保存できていません。入力した内容はこの画面に残っています。つながると保存します。", true);
    timer = setTimeout(save, 3000);
  } finally {
    isSaving = false;
    if (savesAgain) { savesAgain = false; save(); }
  }
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(save, CALM_MS);
}

function count() {
  document.getElementById("count").textContent = form.querySelectorAll("input[name=district]:checked").length;
}

// What was typed before the session ended, over the same version only: another one has to be looked at first.
function restore() {
  const said = new URLSearchParams(sessionStorage.getItem(kept) || "");
  sessionStorage.removeItem(kept);
  if (said.get("version") !== form.elements.version.value) return;
  for (const field of form.elements) {
    if (field.type === "checkbox" || field.type === "radio") field.checked = said.getAll(field.name).includes(field.value);
    else if (field.name && field.type !== "hidden" && field.type !== "submit" && said.has(field.name)) field.value = said.get(field.name);
  }
  count();
  save();
}

// Over a slow line somebody may write before this script has come.
function isTouched(field) {
  if (field.type === "hidden" || field.name === "postcode") return false;
  if (field.options) return [...field.options].some((option) => option.selected !== option.defaultSelected);
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  return field.defaultValue !== undefined && field.value !== field.defaultValue;
}

if (form) {
  restore();
  if ([...form.elements].some(isTouched)) { count(); soon(); }
  form.addEventListener("input", (event) => {
    if (event.target.name === "postcode") return;
    if (event.target.name === "district") { document.getElementById("where-chosen").checked = true; count(); }
    soon();
  });
  form.addEventListener("submit", () => { clearTimeout(timer); isStopped = true; sessionStorage.removeItem(kept); });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("#map a");
    const choice = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!choice) return;
    event.preventDefault();
    choice.checked = !choice.checked;
    choice.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

const alone = document.querySelector("[data-alone-in]");
if (alone && Number(alone.dataset.aloneIn) > 0) {
  setTimeout(() => location.replace(location.pathname), Number(alone.dataset.aloneIn) * 1000 + 500);
}

"use strict";
// Keeps the page new without a reload: asks for it again and puts in place only the sections that differ, so that
// neither the reader's place nor the keyboard focus is lost.

const EVERY_MS = 5000;
const refreshed = document.getElementById("refreshed");
let wasLost = false;

function put(fresh) {
  for (const section of fresh.querySelectorAll("[data-live]")) {
    const shown = document.getElementById(section.id);
    if (!shown) return location.reload(); // a section that was not there before: rare enough for a whole reload
    if (shown.innerHTML !== section.innerHTML && !shown.contains(document.activeElement)) {
      shown.replaceWith(document.adoptNode(section));
    }
  }
}

function say(lost) {
  const now = new Date().toLocaleTimeString("ja-JP", { timeZone: "Asia/Tokyo" });
  if (lost && !wasLost) refreshed.textContent = `サーバーに接続できません。${now} より前の内容です。`;
  if (!lost) refreshed.innerHTML = `<span aria-hidden="true">画面の更新 ${now}</span>`;
  refreshed.classList.toggle("lost", lost);
  wasLost = lost;
}

async function refresh() {
  if (document.hidden) return;
  try {
    const answer = await fetch("/", { cache: "no-store" });
    if (!answer.ok) throw new Error(String(answer.status));
    put(new DOMParser().parseFromString(await answer.text(), "text/html"));
    say(false);
  } catch {
    say(true);
  }
}

say(false);
setInterval(refresh, EVERY_MS);
document.addEventListener("visibilitychange", refresh);

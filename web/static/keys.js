// Shortcuts and small comforts. Every page works without this file; see /about/keyboard for the keys.
(() => {
  "use strict";
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const typing = (element) => element.matches("textarea, select, input:not([type=radio], [type=checkbox]), [contenteditable]");
  const pressable = (element) => element.closest("a, button, summary");

  // 1 keys

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return submitFrom(event);
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) return moveFocused(event);
    if (event.key === "Escape" && event.target.matches("textarea")) return event.target.blur();
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "Enter") return goOn(event);
    if (document.body.dataset.keys !== "off" && event.key.length === 1) letter(event);
  });

  function submitFrom(event) {
    const form = event.target.closest("form") || one("form[data-bench], form[data-question]");
    if (!form) return;
    event.preventDefault();
    form.requestSubmit(one("[data-submit]", form));
  }

  function goOn(event) {
    if (pressable(event.target)) return;
    const submit = one("[data-submit]"), next = one("[data-next]");
    if (!submit && !next) return;
    event.preventDefault();
    if (submit) submit.form.requestSubmit(submit); else next.click();
  }

  function letter(event) {
    const key = event.key.toLowerCase();
    if (choose(key)) return event.preventDefault();
    const target = key === "v" ? one("[data-evidence] > summary") : all("[data-key]").find((each) => each.dataset.key.includes(key));
    if (!target) return;
    event.preventDefault();
    target.click();
  }

  function choose(key) {
    const inputs = all("[data-choices] input");
    const number = /^[1-9]$/.test(key) ? Number(key) - 1 : /^[a-z]$/.test(key) ? key.charCodeAt(0) - 97 : -1;
    const input = inputs[number];
    if (!input) return false;
    input.click();
    input.focus();
    return true;
  }

  // 2 ordering: the arrows move rows here; without script they ask the server to

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-order] button[name=move]");
    if (!button) return;
    event.preventDefault();
    move(button.closest("[data-row]"), button.value.startsWith("up") ? -1 : 1, button);
  });

  function moveFocused(event) {
    const row = event.target.closest("[data-order] [data-row]");
    if (!row) return;
    event.preventDefault();
    move(row, event.key === "ArrowUp" ? -1 : 1, event.target.closest("button"));
  }

  function move(row, by, button) {
    const list = row.parentElement, rows = [...list.children], to = rows.indexOf(row) + by;
    if (to < 0 || to >= rows.length) return;
    if (by < 0) rows[to].before(row); else rows[to].after(row);
    renumber(list);
    const again = button && button.disabled ? one("button:not([disabled])", row) : button;
    if (again) again.focus();
    say(row, to + 1);
  }

  function renumber(list) {
    const rows = [...list.children];
    rows.forEach((row, number) => {
      const [up, down] = all("button[name=move]", row);
      up.value = `up-${number}`;
      down.value = `down-${number}`;
      up.disabled = number === 0;
      down.disabled = number === rows.length - 1;
    });
  }

  function say(row, number) {
    const said = one("[data-order-said]");
    if (said) said.textContent = said.dataset.words.replace("{line}", row.firstElementChild.textContent.trim()).replace("{number}", number);
  }

  // 3 text that is too long stays here instead of being refused by the server

  const bytes = (text) => new TextEncoder().encode(text).length;

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const limited = form.dataset.limit ? form : one("textarea[data-limit]", form);
    if (!limited || (event.submitter && event.submitter.formNoValidate)) return;
    const limit = Number(limited.dataset.limit);
    const areas = form.dataset.limit ? all("textarea", form) : [limited];
    const file = one("input[type=file]", form)?.files?.[0];
    if (areas.every((area) => bytes(area.value) <= limit) && !(file && file.size > limit)) return;
    event.preventDefault();
    complain(form, limited.dataset.limitWords);
  });

  function complain(form, words) {
    const box = one("[data-limit-box]", form);
    if (box) {
      box.hidden = false;
      one("p", box).textContent = words;
      box.scrollIntoView({ block: "center" });
    } else {
      const area = one("textarea", form);
      area.setCustomValidity(words);
      area.reportValidity();
      area.addEventListener("input", () => area.setCustomValidity(""), { once: true });
    }
  }

  // 4 the signs that a phone hides two keyboards deep, and the full screen of the board

  for (const row of all("[data-signs]")) row.hidden = !matchMedia("(pointer: coarse)").matches;
  for (const button of all("[data-fullscreen]")) button.hidden = !document.fullscreenEnabled;

  document.addEventListener("click", (event) => {
    const sign = event.target.closest("[data-sign]");
    if (sign) {
      const area = one("textarea", sign.closest("form"));
      area.setRangeText(sign.dataset.sign, area.selectionStart, area.selectionEnd, "end");
      area.focus();
    }
    if (event.target.closest("[data-fullscreen]")) {
      if (document.fullscreenElement) document.exitFullscreen(); else document.documentElement.requestFullscreen();
    }
  });
})();

/* Betters pages that already work without it: moments in the reader's zone, drafts kept, menus closed, letters counted. */
(() => {
  "use strict";
  const root = document.documentElement;
  const each = (selector, within, act) => within.querySelectorAll(selector).forEach(act);

  /* Moments: the server wrote them in one zone; redo them where the reader's own is another. */
  const ownZone = "ownZone" in root.dataset;
  const zone = ownZone ? root.dataset.zone : Intl.DateTimeFormat().resolvedOptions().timeZone;
  const writers = new Map();
  const written = (moment, options) => {
    const key = JSON.stringify(options);
    if (!writers.has(key)) {
      writers.set(key, new Intl.DateTimeFormat(root.lang || "en", { timeZone: zone, hourCycle: "h23", ...options }));
    }
    return Object.fromEntries(writers.get(key).formatToParts(moment).map((part) => [part.type, part.value]));
  };
  const letters = {
    j: [{ day: "numeric" }, "day"],
    d: [{ day: "2-digit" }, "day"],
    D: [{ weekday: "short" }, "weekday"],
    l: [{ weekday: "long" }, "weekday"],
    M: [{ day: "numeric", month: "short" }, "month"],
    F: [{ day: "numeric", month: "long" }, "month"],
    m: [{ month: "2-digit" }, "month"],
    Y: [{ year: "numeric" }, "year"],
    H: [{ hour: "2-digit", minute: "2-digit" }, "hour"],
    i: [{ hour: "2-digit", minute: "2-digit" }, "minute"],
    T: [{ hour: "2-digit", timeZoneName: "short" }, "timeZoneName"],
  };
  const spell = (moment, form) =>
    form.replace(/\\(.)|([A-Za-z])/g, (all, escaped, letter) => {
      if (escaped) return escaped;
      const known = letters[letter];
      return known ? written(moment, known[0])[known[1]] : all;
    });
  const localize = (within) => {
    if (!zone || !root.lang) return;
    each("time[data-form]", within, (time) => {
      const moment = new Date(time.dateTime);
      if (isNaN(moment)) return;
      if ("stored" in time.dataset) time.textContent = spell(moment, time.dataset.form.replace(/ ?T$/, ""));
      else if (zone !== root.dataset.zone) time.textContent = spell(moment, time.dataset.form);
    });
  };
  document.addEventListener("mouseover", (event) => {
    const time = event.target.closest?.("time[data-form]");
    if (time && !time.title) time.title = spell(new Date(time.dateTime), "l j F Y, H:i T");
  });

  /* Drafts: kept in this browser while one writes, forgotten when the server says the text has arrived. */
  const AGE = 14 * 24 * 3600 * 1000;
  const prefix = "draft:" + (root.dataset.reader || "") + ":";
  const store = (() => {
    try {
      localStorage.setItem("draft-try", "1");
      localStorage.removeItem("draft-try");
      return localStorage;
    } catch {
      return null;
    }
  })();
  const recall = (name) => {
    try {
      return JSON.parse(store.getItem(name));
    } catch {
      return null;
    }
  };
  const keys = () => Object.keys(store).filter((name) => name.startsWith("draft:"));
  const forget = (area) => store.removeItem(prefix + area.dataset.draftKey);
  const keep = (area) => {
    if (area.value.trim() === area.defaultValue.trim()) return forget(area);
    try {
      store.setItem(prefix + area.dataset.draftKey, JSON.stringify({ text: area.value, at: Date.now() }));
    } catch {
      /* A full store loses the copy, not the text. */
    }
  };
  const forgetSent = () => {
    const sent = document.cookie.match(/(?:^|; )sent=([a-z0-9-]+)/);
    if (!sent || !store) return;
    store.removeItem(prefix + sent[1]);
    document.cookie = "sent=; max-age=0; path=/; samesite=lax";
  };
  const restore = (within) => {
    if (!store) return;
    each("textarea[data-draft-key]", within, (area) => {
      const draft = recall(prefix + area.dataset.draftKey);
      if (draft && !area.value.trim() && draft.text) {
        area.value = draft.text;
        area.dispatchEvent(new Event("input", { bubbles: true }));
      }
    });
  };
  const expire = () => {
    if (!store) return;
    for (const name of keys()) {
      const draft = recall(name);
      if (!draft || Date.now() - draft.at > AGE) store.removeItem(name);
    }
  };

  /* What is left to write. */
  const recount = (area) => {
    const left = document.getElementById(area.dataset.count);
    if (!left) return;
    const rest = Number(left.dataset.limit) - [...area.value].length;
    left.hidden = rest > Number(left.dataset.limit) / 5;
    left.classList.toggle("over", rest < 0);
    left.textContent = rest.toLocaleString(root.lang || "en") + " " + left.dataset.words;
  };

  document.addEventListener("input", (event) => {
    const area = event.target;
    if (store && area.matches?.("textarea[data-draft-key]")) keep(area);
    if (area.matches?.("textarea[data-count]")) recount(area);
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-sign-out]") && store) keys().forEach((name) => store.removeItem(name));
  });

  /* Menus: one open at a time, closed by a click elsewhere and by Escape. */
  const openMenus = () => document.querySelectorAll("details[data-menu][open]");
  document.addEventListener("click", (event) => {
    openMenus().forEach((menu) => menu.contains(event.target) || (menu.open = false));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const search = event.target.closest?.(".search");
    if (search) {
      each(".suggestions", search, (list) => list.replaceChildren());
      search.querySelector("input").focus();
    }
    openMenus().forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  const enhance = (within) => {
    localize(within);
    restore(within);
    each("textarea[data-count]", within, recount);
  };
  forgetSent();
  expire();
  enhance(document);
  each(":is(.mainnav, .tabs) a[aria-current]", document, (current) => {
    if (current.getBoundingClientRect().right > innerWidth) current.scrollIntoView({ block: "nearest", inline: "center" });
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    forgetSent();
    enhance(event.target);
  });
})();

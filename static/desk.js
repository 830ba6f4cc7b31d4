// Keys of the desk. No key decides anything by itself; each only moves, selects, opens or focuses.
(function () {
  "use strict";
  var store = "chengxin-desk-keys";
  var find = function (selector) {
    return document.querySelector(selector);
  };
  var rows = Array.prototype.slice.call(document.querySelectorAll(".queue tbody tr"));
  var at = -1, anchor = -1, prefix = "", timer = 0;

  function keysAreOn() {
    try {
      return localStorage.getItem(store) !== "off";
    } catch (error) {
      return true;
    }
  }

  function follow(selector) {
    var link = find(selector);
    if (link) link.click();
    return Boolean(link);
  }

  function focusOn(selector) {
    var field = find(selector);
    if (!field) return false;
    field.focus();
    field.scrollIntoView({ block: "center" });
    return true;
  }

  function move(step) {
    if (!rows.length) return false;
    if (rows[at]) rows[at].classList.remove("current");
    at = Math.max(0, Math.min(rows.length - 1, at + step));
    rows[at].classList.add("current");
    var link = rows[at].querySelector("a");
    if (link) link.focus({ preventScroll: true });
    rows[at].scrollIntoView({ block: "nearest" });
    return true;
  }

  function boxOf(row) {
    return row && row.querySelector("input[type=checkbox]");
  }

  function paint() {
    var count = 0;
    rows.forEach(function (row) {
      var box = boxOf(row);
      if (!box) return;
      if (box.checked) count += 1;
      row.setAttribute("aria-selected", String(box.checked));
    });
    var shown = find("[data-selected]");
    if (shown) shown.textContent = String(count);
  }

  function select(range) {
    var box = boxOf(rows[at]);
    if (!box) return false;
    box.checked = range || !box.checked;
    if (range && anchor >= 0) {
      rows.slice(Math.min(anchor, at), Math.max(anchor, at) + 1).forEach(function (row) {
        boxOf(row).checked = true;
      });
    }
    anchor = at;
    paint();
    return true;
  }

  function open() {
    var link = rows[at] && rows[at].querySelector("a");
    if (link) link.click();
    return Boolean(link);
  }

  function help() {
    var panel = find("[data-keys-help]");
    if (!panel) return false;
    panel.open = !panel.open;
    if (panel.open) panel.scrollIntoView({ block: "nearest" });
    return true;
  }

  var keys = {
    j: function () { return move(1); },
    k: function () { return move(-1); },
    x: function () { return select(false); },
    X: function () { return select(true); },
    o: open,
    u: function () { return follow("[data-key=u]"); },
    "/": function () { return focusOn("[data-key=search]"); },
    "?": help,
    a: function () { return follow("[data-key=a]"); },
    e: function () { return follow("[data-key=e]"); },
    r: function () { return focusOn("[data-key=r]"); },
    d: function () { return focusOn("[data-key=d]"); },
    n: function () { return follow("[data-key=n]"); },
    z: function () { return follow("[data-key=z]"); },
    "g o": function () { return follow("[data-key=go]"); },
    "g t": function () { return follow("[data-key=gt]"); },
    "g m": function () { return follow("[data-key=gm]"); }
  };

  function isWriting(event) {
    // 229 is what older engines send while an input method composes.
    if (event.isComposing || event.keyCode === 229) return true;
    var place = event.target;
    if (place.isContentEditable) return true;
    if (place.tagName === "INPUT") return place.type !== "checkbox" && place.type !== "radio";
    return place.tagName === "TEXTAREA" || place.tagName === "SELECT";
  }

  document.addEventListener("keydown", function (event) {
    if (isWriting(event) || event.ctrlKey || event.altKey || event.metaKey) return;
    if (!keysAreOn()) return;
    var name = prefix + event.key;
    prefix = "";
    clearTimeout(timer);
    if (event.key === "g" && name === "g") {
      prefix = "g ";
      timer = setTimeout(function () { prefix = ""; }, 1500);
      return;
    }
    if (keys[name] && keys[name]()) event.preventDefault();
  });

  document.addEventListener("change", function (event) {
    if (boxOf(event.target.closest && event.target.closest(".queue tr"))) paint();
  });

  // Without a script the server puts the chosen text before the message; with one it can be changed first.
  var insert = find("[data-insert]");
  if (insert) {
    insert.hidden = false;
    insert.addEventListener("click", function () {
      var ids = insert.getAttribute("data-insert").split(" ");
      var chosen = document.getElementById(ids[0]), box = document.getElementById(ids[1]);
      if (chosen.value) box.value = chosen.value + (box.value ? "\n\n" + box.value : "");
      chosen.value = "";
      box.focus();
    });
  }

  var onOff = find("[data-keys-switch]");
  if (onOff) {
    onOff.checked = keysAreOn();
    onOff.closest("[hidden]").hidden = false;
    onOff.addEventListener("change", function () {
      try {
        localStorage.setItem(store, onOff.checked ? "on" : "off");
      } catch (error) {
        onOff.checked = true;
      }
    });
  }
  paint();
})();

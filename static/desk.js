// Keys of the desk. No key publishes or rejects anything; each only moves, selects, opens, focuses or takes back.
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

  // A link or a button is pressed; a field or a heading gets the focus.
  function go(name) {
    var place = find("[data-key=" + name + "]");
    if (!place) return false;
    if (place.matches("a[href],button")) place.click();
    else {
      place.focus();
      place.scrollIntoView({ block: "center" });
    }
    return true;
  }

  // Past the last row the next page begins, and before the first the one before ends.
  function turn(step) {
    var page = find(".pages a[rel=" + (step > 0 ? "next" : "prev") + "]");
    if (page) location.href = page.href + (step > 0 ? "#first" : "#last");
    return Boolean(page);
  }

  function move(step) {
    if (!rows.length) return false;
    if (at >= 0 && !rows[at + step] && turn(step)) return true;
    stand(Math.max(0, Math.min(rows.length - 1, at + step)));
    return true;
  }

  function stand(row) {
    if (rows[at]) rows[at].classList.remove("current");
    at = row;
    rows[at].classList.add("current");
    var link = rows[at].querySelector("a");
    if (link) link.focus({ preventScroll: true });
    rows[at].scrollIntoView({ block: "nearest" });
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
      row.classList.toggle("chosen", box.checked);
    });
    var shown = find("[data-selected]");
    if (!shown) return;
    shown.textContent = String(count);
    shown.closest("[data-count]").hidden = false;
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

  // In the queue the row under the cursor is taken when no row is selected.
  function take() {
    var box = boxOf(rows[at]);
    if (box && !find(".queue input:checked")) box.checked = true;
    return rows.length && !find(".queue input:checked") ? false : go("a");
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
    if (panel.open) panel.querySelector("summary").focus();
    return true;
  }

  var keys = {
    j: function () { return move(1); },
    k: function () { return move(-1); },
    x: function () { return select(false); },
    X: function () { return select(true); },
    o: open,
    a: take,
    "/": function () { return go("search"); },
    "?": help
  };
  "u e r d n z go gt gm".split(" ").forEach(function (name) {
    keys[name] = function () { return go(name); };
  });

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
    if (event.key === "Shift" || !keysAreOn()) return;
    // A locked shift key must not change what a letter does.
    var letter = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    var name = prefix + (letter === "x" && event.shiftKey ? "X" : letter);
    prefix = "";
    clearTimeout(timer);
    if (name === "g") {
      prefix = "g";
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
  // A page that came back from the browser's memory may have lost its marks.
  window.addEventListener("pageshow", paint);
  paint();
  // Whoever comes back, or turned the page, stands on the row they mean.
  var mark = location.hash.slice(1), place = document.getElementById(mark);
  if (rows.length && mark === "first") stand(0);
  else if (rows.length && mark === "last") stand(rows.length - 1);
  else if (place && rows.indexOf(place) >= 0) stand(rows.indexOf(place));
})();

// Small improvements of the public pages; every page is whole without them.
(function () {
  "use strict";
  var all = function (selector, act) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), act);
  };

  all(".errors", function (box) {
    box.focus();
  });

  all("[data-print]", function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      window.print();
    });
  });

  all("[data-copy]", function (button) {
    if (!navigator.clipboard) return;
    button.hidden = false;
    var label = button.textContent;
    button.addEventListener("click", function () {
      var text = button.getAttribute("data-copy").split(" ").map(function (id) {
        return document.getElementById(id).textContent.trim();
      }).join("\n");
      navigator.clipboard.writeText(text).then(function () {
        button.textContent = button.getAttribute("data-copied");
        setTimeout(function () {
          button.textContent = label;
        }, 4000);
      });
    });
  });

  all("[data-counter]", function (counter) {
    var box = document.getElementById(counter.getAttribute("data-counter"));
    var show = function () {
      var length = Array.from(box.value.trim()).length;
      counter.textContent = counter.getAttribute("data-words").replace("0", length);
    };
    counter.hidden = false;
    box.addEventListener("input", show);
    show();
  });

  all("form[data-guard]", function (form) {
    var changed = form.getAttribute("data-guard") === "written";
    form.addEventListener("input", function () {
      changed = true;
    });
    form.addEventListener("submit", function () {
      changed = false;
    });
    window.addEventListener("beforeunload", function (event) {
      if (!changed) return;
      event.preventDefault();
      event.returnValue = "";
    });
  });

  all("[data-suggest]", function (box) {
    var list = document.createElement("datalist");
    var timer;
    list.id = box.id + "-names";
    box.after(list);
    box.setAttribute("list", list.id);
    var show = function (typed, items) {
      if (box.value.trim() !== typed) return;
      list.textContent = "";
      items.forEach(function (item) {
        var option = document.createElement("option");
        option.value = item.name;
        // Browsers offer only what holds what was typed.
        option.label = item.name.indexOf(typed) < 0 ? item.place + " " + typed : item.place;
        list.append(option);
      });
    };
    var ask = function (event) {
      clearTimeout(timer);
      var typed = box.value.trim();
      if (!typed || event.isComposing) return;
      timer = setTimeout(function () {
        fetch(box.getAttribute("data-suggest") + "?q=" + encodeURIComponent(typed)).then(function (answer) {
          return answer.json();
        }).then(function (found) {
          show(typed, found.items);
        }).catch(function () {});
      }, 200);
    };
    box.addEventListener("input", ask);
    box.addEventListener("compositionend", ask);
  });
})();

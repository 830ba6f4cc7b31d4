// Asks the device for a passkey and sends its answer with the form; without it the form's button stays hidden.
(function () {
  "use strict";
  if (!window.PublicKeyCredential || !navigator.credentials) return;

  function bytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (sign) { return sign.charCodeAt(0); });
  }

  function text(buffer) {
    var plain = String.fromCharCode.apply(null, new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function read(options) {
    options.challenge = bytes(options.challenge);
    if (options.user) options.user.id = bytes(options.user.id);
    (options.allowCredentials || options.excludeCredentials || []).forEach(function (each) {
      each.id = bytes(each.id);
    });
    return options;
  }

  function written(key) {
    var response = {};
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (name) {
      if (key.response[name]) response[name] = text(key.response[name]);
    });
    return JSON.stringify({
      id: key.id, rawId: text(key.rawId), type: key.type, response: response, clientExtensionResults: {}
    });
  }

  document.querySelectorAll("form[data-passkey]").forEach(function (form) {
    var button = form.querySelector("[data-passkey-button]");
    var trouble = form.querySelector("[data-passkey-trouble]");
    form.hidden = button.hidden = false;
    button.addEventListener("click", function () {
      var making = form.dataset.passkey === "create";
      if (making && !form.reportValidity()) return;
      var asked = { publicKey: read(JSON.parse(form.dataset.options)) };
      button.disabled = true;
      trouble.hidden = true;
      navigator.credentials[form.dataset.passkey](asked).then(function (key) {
        form.elements[form.dataset.answer].value = written(key);
        form.submit();
      }).catch(function () {
        button.disabled = false;
        trouble.hidden = false;
      });
    });
  });
})();

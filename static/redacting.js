// Draws rectangles; the fields below the picture rule what is kept.
(() => {
  const board = document.querySelector(".drawing svg"), said = board.nextElementSibling;
  const fields = [...document.querySelectorAll("[name^=box_]")];
  let frame = [40, 45, 20, 10], start, moved;

  function add(box, kind) {
    const made = document.createElementNS(board.namespaceURI, "rect");
    ["x", "y", "width", "height"].forEach((name, place) => made.setAttribute(name, box[place]));
    made.classList = kind;
    board.append(made);
  }
  function draw() {
    board.textContent = "";
    const kept = fields.map(each => each.value.match(/\d+/g) || []);
    kept.filter(box => box.length === 4).forEach(box => add(box, "drawn"));
    if (start || document.activeElement === board) add(frame, "frame");
  }
  function tell(word) {
    said.textContent = board.dataset[word] + frame.join(" ");
  }
  function keep() {
    const free = fields.find(each => !each.value);
    tell(free ? "set" : "full");
    if (free) free.value = frame.join(" ");
  }
  function at(event) {
    const box = board.getBoundingClientRect(), across = (event.clientX - box.x) / box.width;
    return [across, (event.clientY - box.y) / box.height].map(part => 100 * Math.max(0, Math.min(1, part)));
  }
  // Outwards: nothing drawn over stays visible.
  function span(one, other) {
    const from = Math.min(99, Math.floor(Math.min(one, other)));
    return [from, Math.max(1, Math.ceil(Math.max(one, other)) - from)];
  }
  board.onpointerdown = event => {
    [start, moved] = [at(event), false];
    board.setPointerCapture(event.pointerId);
  };
  board.onpointermove = event => {
    if (!start) return;
    const [[x, width], [y, height]] = at(event).map((end, side) => span(start[side], end));
    [frame, moved] = [[x, y, width, height], true];
    draw();
  };
  board.onlostpointercapture = () => {
    if (moved) keep();
    start = moved = null;
    draw();
  };
  board.onpointercancel = () => moved = false;
  board.onkeydown = event => {
    const arrow = ["Left", "Up", "Right", "Down"].indexOf(event.key.slice(5));
    if (arrow >= 0) {
      const size = event.shiftKey ? 2 : 0, side = arrow % 2, now = frame[side + size] + (arrow < 2 ? -1 : 1);
      frame[side + size] = Math.max(size / 2, Math.min(100 - frame[side + 2 - size], now));
      tell("now");
    } else if (event.key === "Enter") keep();
    else return;
    event.preventDefault();
    draw();
  };
  board.onfocus = board.onblur = document.oninput = draw;
  board.removeAttribute("hidden");
  draw();
})();

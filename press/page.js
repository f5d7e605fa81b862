// What the warm page can do. Plotly has been read before this.

const CONFIG = { staticPlot: true, displaylogo: false, setBackground: "opaque" };
const chance = Math.random;

// Plotly names its clips by chance. By a chance that the figure decides, the same figure has the
// same names, and two figures on one page have different ones.
function chanceOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

async function prepared(letters) {
  document.getElementById("letters").textContent = letters;
  await Promise.all([...document.fonts].map((font) => font.load()));
  return document.fonts.size;
}

// Plotly sets each line of a text lower by a "dy" in em, which LibreOffice does not read: it would print
// them all over each other. Where a line stands is said in pixels.
function withPlacedLines(parsed) {
  for (const line of parsed.querySelectorAll("tspan[dy$='em'][y]")) {
    const size = /font-size:\s*([\d.]+)px/.exec(line.closest("text")?.getAttribute("style") ?? "");
    if (!size) continue;
    const y = Number(line.getAttribute("y")) + parseFloat(line.getAttribute("dy")) * Number(size[1]);
    line.setAttribute("y", String(Number(y.toFixed(3))));
    line.removeAttribute("dy");
  }
}

// In the first picture of a page Plotly sets attributes in another order than in those after it.
function ordered(svg) {
  const parsed = new DOMParser().parseFromString(svg, "image/svg+xml");
  withPlacedLines(parsed);
  for (const element of parsed.querySelectorAll("*")) {
    const attributes = [...element.attributes].sort((one, other) => (one.name < other.name ? -1 : 1));
    for (const one of attributes) element.removeAttributeNode(one);
    for (const one of attributes) element.setAttributeNode(one);
  }
  return new XMLSerializer().serializeToString(parsed);
}

// As Plotly.toImage does, without its waiting for timers: the same file in two thirds of the time.
async function drawn(figure, width, height, seed) {
  const place = document.createElement("div");
  place.style.cssText = "position: absolute; left: -9999px";
  document.body.replaceChildren(place); // beside a picture of the same name it would take another
  Math.random = chanceOf(seed);
  try {
    const layout = { ...figure.layout, width, height, autosize: false };
    await Plotly.newPlot(place, figure.data, layout, CONFIG);
    return ordered(Plotly.Snapshot.toSVG(place, "svg", 1));
  } finally {
    Math.random = chance;
    Plotly.purge(place);
    place.remove();
  }
}

async function shown(svg, title, alt, language, sheet) {
  document.title = title;
  document.documentElement.lang = language;
  document.getElementById("sheet").textContent = sheet;
  document.body.innerHTML = svg;
  const picture = document.querySelector("svg");
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", alt);
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return document.fonts.size;
}

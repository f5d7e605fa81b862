// A button for each kind of picture. The server makes it; where that has no browser, this one draws it,
// and fetches Plotly the first time it is needed.

const LIBRARY = "/plotly.min.js";
const FAMILY = "Source Sans"; // as the charts name it; what stands before the file's own name

function library() {
  window.yearbookPlotly ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = LIBRARY;
    script.onload = () => done(window.Plotly);
    script.onerror = () => {
      window.yearbookPlotly = undefined; // so that the next click tries again
      failed(new Error(LIBRARY));
    };
    document.head.append(script);
  });
  return window.yearbookPlotly;
}

// A picture sees no fonts of the page, so the page's font is put into it.
function fontFaces() {
  const rules = [...document.styleSheets].flatMap((sheet) => {
    try { return [...sheet.cssRules]; } catch { return []; } // a sheet of an extension
  });
  return rules.filter((rule) => rule instanceof CSSFontFaceRule
    && rule.style.getPropertyValue("font-family").replace(/["']/g, "").trim() === FAMILY
    && rule.style.getPropertyValue("font-style") !== "italic");
}

async function embedded(rule) {
  const source = rule.style.getPropertyValue("src").match(/url\(["']?([^"')]+)/)?.[1];
  if (!source) return "";
  const file = await (await fetch(new URL(source, rule.parentStyleSheet?.href ?? document.baseURI))).blob();
  const data = await new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.readAsDataURL(file);
  });
  return rule.cssText.replace(/url\([^)]*\)/, `url("${data}")`);
}

// As press/page.js: LibreOffice reads no "dy" in em, and would print the lines over each other.
function placed(svg) {
  const parsed = new DOMParser().parseFromString(svg, "image/svg+xml");
  for (const line of parsed.querySelectorAll("tspan[dy$='em'][y]")) {
    const size = /font-size:\s*([\d.]+)px/.exec(line.closest("text")?.getAttribute("style") ?? "");
    if (!size) continue;
    const y = Number(line.getAttribute("y")) + parseFloat(line.getAttribute("dy")) * Number(size[1]);
    line.setAttribute("y", String(Number(y.toFixed(3))));
    line.removeAttribute("dy");
  }
  return new XMLSerializer().serializeToString(parsed);
}

async function drawing(plotly, { figure, width, height }) {
  const address = await plotly.toImage(figure, { format: "svg", width, height, scale: 1 });
  const svg = placed(decodeURIComponent(address.slice(address.indexOf(",") + 1)));
  const fonts = (await Promise.all(fontFaces().map(embedded))).join("\n");
  return svg.replace(/(<svg[^>]*>)/, `$1<defs><style>${fonts}</style></defs>`);
}

async function pixels(svg, { width, height, scale }) {
  const image = new Image();
  image.src = URL.createObjectURL(svg);
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"),
    { width: width * scale, height: height * scale });
  const context = canvas.getContext("2d");
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

async function drawnHere(kind) {
  const svg = new Blob([await drawing(await library(), kind)], { type: "image/svg+xml" });
  return kind.mime === svg.type ? svg : pixels(svg, kind);
}

function save(content, name) {
  const link = Object.assign(document.createElement("a"),
    { href: URL.createObjectURL(content), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
}

function say(place, text) {
  const said = Object.assign(document.createElement("p"), { textContent: text, className: "untaken" });
  said.setAttribute("role", "alert");
  place.append(said);
}

function buttonFor(kind, data, ask, place) {
  const button = Object.assign(document.createElement("button"),
    { type: "button", className: "take", textContent: kind.label });
  button.onclick = async () => {
    for (const one of place.querySelectorAll("button")) one.disabled = true;
    button.textContent = data.busy;
    if (!kind.figure) {
      ask("asked", kind.name); // the answer comes with the next data
      return;
    }
    try {
      save(await drawnHere(kind), kind.file);
    } catch (error) {
      console.error(error);
      say(place, data.failed);
    }
    button.textContent = kind.label;
    for (const one of place.querySelectorAll("button")) one.disabled = false;
  };
  return button;
}

const taken = new Set(); // what was saved or said; a page may be handed the same again

export default function ({ data, parentElement, setTriggerValue }) {
  const place = parentElement.querySelector("div");
  place.className = "takes";
  place.replaceChildren(...data.kinds.map((kind) => buttonFor(kind, data, setTriggerValue, place)));
  const { made } = data;
  if (!made || taken.has(made.number)) return;
  taken.add(made.number);
  if (made.why) say(place, made.why);
  else save(new Blob([bytesOf(made.content)], { type: made.mime }), made.file);
}

// Draws the chart as a picture in the visitor's browser. Plotly is fetched the first time it is needed.

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

async function drawing(plotly, figure, options) {
  const address = await plotly.toImage(figure, { ...options, format: "svg", scale: 1 });
  const svg = decodeURIComponent(address.slice(address.indexOf(",") + 1));
  const fonts = (await Promise.all(fontFaces().map(embedded))).join("\n");
  return svg.replace(/(<svg[^>]*>)/, `$1<defs><style>${fonts}</style></defs>`);
}

async function picture(svg, { width, height, scale }) {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
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

function save(file, name) {
  const link = Object.assign(document.createElement("a"),
    { href: URL.createObjectURL(file), download: `${name}.png` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  button.className = "take";
  button.textContent = data.label;
  button.onclick = async () => {
    button.disabled = true;
    button.textContent = data.busy;
    try {
      const svg = await drawing(await library(), data.figure, data.options);
      save(await picture(svg, data.options), data.options.filename);
      button.textContent = data.label;
    } catch (error) {
      console.error(error);
      button.textContent = data.failed;
    }
    button.disabled = false;
  };
}

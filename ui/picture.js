// Draws the chart as a picture in the visitor's browser. Plotly is fetched the first time it is needed.

const LIBRARY = "/plotly.min.js";

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

export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  button.className = "take";
  button.textContent = data.label;
  button.onclick = async () => {
    button.disabled = true;
    button.textContent = data.busy;
    try {
      const plotly = await library();
      await plotly.downloadImage(data.figure, data.options);
      button.textContent = data.label;
    } catch (error) {
      button.textContent = data.failed;
    }
    button.disabled = false;
  };
}

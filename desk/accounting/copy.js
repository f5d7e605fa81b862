// Puts a text on the clipboard; where the browser forbids it, says that it has to be marked by hand.

const SAID_FOR = 3000; // milliseconds

export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  button.setAttribute("aria-live", "polite");
  button.textContent = data.label;
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(data.text);
      button.textContent = data.copied;
    } catch (error) {
      button.textContent = data.not_copied;
    }
    setTimeout(() => { button.textContent = data.label; }, SAID_FOR);
  };
}

// What a person says aloud, as text, where the browser can recognise speech.

const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
export const exists = Boolean(Recognition);

const REASONS = {
  "not-allowed": "The microphone isn't allowed. Allow it for this page in your browser, or type instead.",
  "service-not-allowed": "This browser doesn't allow speech recognition here. Type instead.",
  "audio-capture": "No microphone was found. Type instead.",
  network: "The browser's speech recognition needs the network, and doesn't reach it. Type instead.",
  "no-speech": "Nothing was heard.",
};

let running = null;
export const listening = () => running !== null;

/** Opens the microphone. `hears(text, final)` as words come, `ends(reason or null)` once, when it closes. */
export function open(locale, { hears, ends }) {
  stop();
  const recognition = new Recognition();
  let reason = null;
  recognition.lang = locale;
  recognition.interimResults = true;
  recognition.onresult = (event) => {
    const result = event.results[event.results.length - 1];
    hears(result[0].transcript.trim(), result.isFinal);
  };
  recognition.onerror = (event) => {
    if (event.error !== "aborted") reason = REASONS[event.error] ?? "The browser couldn't recognise that. Type instead.";
  };
  recognition.onend = () => {
    if (running === recognition) running = null;
    ends(reason);
  };
  running = recognition;
  try {
    recognition.start();
  } catch {
    running = null;
    ends("The microphone can't be opened just now.");
  }
}

/** Push-to-talk let go: take what was heard so far. */
export const finish = () => running?.stop();

/** Close the microphone, and forget. */
export function stop() {
  running?.abort();
  running = null;
}

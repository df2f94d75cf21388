// The server's two answers: what there is, and what a line of the conversation brings.

export class Refused extends Error {}

async function read(response) {
  const told = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(told.error ?? `The simulator answered ${response.status}.`);
  return told;
}

async function ask(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Refused("The simulator doesn't answer. Is “make web” still running?");
  }
  return read(response);
}

export const about = () => ask("/about");

export const turn = (asked) =>
  ask("/turn", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(asked) });

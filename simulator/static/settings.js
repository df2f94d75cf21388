// What a person chose: device, English, voice, hands-free, dark or light. Kept in this browser.

const $ = (id) => document.getElementById(id);
const root = document.documentElement;
const KEY = "skin-twitch-guide";

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {}; // no storage here, or nothing of ours in it
  }
}

function keep() {
  const { device, locale, muted, handsfree, theme } = settings;
  try {
    localStorage.setItem(KEY, JSON.stringify({ device, locale, muted, handsfree, theme }));
  } catch {
    // then it lasts until the page is closed
  }
}

export const settings = {
  device: "hub_small",
  locale: "en-US",
  muted: false,
  handsfree: false,
  theme: "",
  ...kept(),

  /** Fill in what can be chosen. */
  offer(locales, devices) {
    if (!(this.device in devices)) this.device = "hub_small";
    if (!locales.some(({ id }) => id === this.locale)) this.locale = "en-US";
    const regions = new Intl.DisplayNames(["en"], { type: "region", style: "short" });
    for (const { id } of locales) $("locale").add(new Option(regions.of(id.split("-")[1]), id, false, id === this.locale));
    for (const [id, { name, icon }] of Object.entries(devices)) {
      const label = document.createElement("label");
      label.innerHTML = `<input type="radio" name="device" class="sr"><svg viewBox="0 0 24 24" aria-hidden="true">${icon}</svg><span>${name}</span>`;
      const radio = label.querySelector("input");
      radio.value = id;
      radio.checked = id === this.device;
      document.querySelector(".kinds").append(label);
    }
  },

  /** Tell these functions what was chosen, now and whenever it changes. */
  wire(changed) {
    const show = () => {
      $("mute").setAttribute("aria-pressed", String(this.muted));
      $("handsfree").checked = this.handsfree;
      if (this.theme) root.dataset.theme = this.theme;
      keep();
    };
    const set = (name, value) => {
      this[name] = value;
      show();
      changed[name]?.(value);
    };
    document.querySelector(".kinds").addEventListener("change", (event) => set("device", event.target.value));
    $("locale").addEventListener("change", (event) => set("locale", event.target.value));
    $("mute").addEventListener("click", () => set("muted", !this.muted));
    $("handsfree").addEventListener("change", (event) => set("handsfree", event.target.checked));
    $("theme").addEventListener("click", () => {
      const dark = this.theme ? this.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      set("theme", dark ? "light" : "dark");
    });
    show();
    changed.device(this.device);
    changed.locale(this.locale);
  },
};

// Loaded before the first paint. Remembers light or dark in cookies, so that the server's next answer has the right colours at once.
(() => {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const remember = (name, value) => { document.cookie = `productvideo-${name}=${value}; path=/; max-age=31536000; samesite=lax`; };
  const known = name => document.cookie.match(`productvideo-${name}=(\\w+)`)?.[1];
  const current = () => system.matches ? "dark" : "light";

  const assumed = known("system") ?? "light";
  remember("system", current());
  system.addEventListener("change", () => remember("system", current()));
  // The server answered for other colours than the system has by now; ask once more before anything is seen.
  if (!known("colours") && assumed !== current() && known("system") === current()) location.reload();

  window.productVideo = {
    chooseColours: colours => remember("colours", colours),
    focusWrong: () => document.querySelector("[aria-invalid=true]")?.focus(),
    timeZone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
  };

  // Neither event bubbles: both are caught on their way down.
  for (const [event, undrawn] of [["error", true], ["load", false]])
    document.addEventListener(event, e => { if (e.target instanceof HTMLImageElement) e.target.toggleAttribute("data-undrawn", undrawn); }, true);

  // What was typed into a page is lost when it is loaded anew; how a page is narrowed stands in its address.
  let typedAt = null;
  for (const event of ["input", "change"])
    document.addEventListener(event, e => { if (!e.target.closest?.(".page-head")) typedAt = location.pathname; }, true);

  document.addEventListener("click", e => { if (e.target.closest?.("[data-reload]")) location.reload(); });

  document.addEventListener("click", async e => {
    const part = e.target.closest?.("[data-copy]")?.closest(".copyable");
    if (!part) return;
    const text = part.querySelector("code"), told = part.querySelector("[role=status]");
    // Also where it was copied before: only a change is read out.
    told.textContent = "";
    getSelection().selectAllChildren(text);
    // Without https a browser has no clipboard for pages, but still the old command for what is selected.
    const copied = await navigator.clipboard?.writeText(text.textContent).then(() => true, () => false) || document.execCommand("copy");
    told.textContent = copied ? "Copied." : "Your browser does not let pages copy. It is selected: copy it with the keyboard.";
  });
  document.addEventListener("DOMContentLoaded", () =>
    document.getElementById("components-reconnect-modal")?.addEventListener("components-reconnect-state-changed", e => {
      // The server was started anew and knows this page no more. Whoever wrote something there loads it by hand, and can copy that before.
      if (e.detail?.state === "rejected" && typedAt !== location.pathname) location.reload();
    }));
})();

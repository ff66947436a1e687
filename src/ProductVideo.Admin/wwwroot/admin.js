// Loaded before the first paint. Remembers light or dark in cookies, so that the server's next answer has the right colours at once.
(() => {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const remember = (name, value) => { document.cookie = `productvideo-${name}=${value}; path=/; max-age=31536000; samesite=lax`; };
  const known = name => document.cookie.includes(`productvideo-${name}=`);

  const first = !known("system");
  remember("system", system.matches ? "dark" : "light");
  system.addEventListener("change", () => remember("system", system.matches ? "dark" : "light"));
  // The very first answer was made light without knowing; ask once more before anything is seen.
  if (first && known("system") && system.matches && !known("colours")) location.reload();

  window.productVideo = { chooseColours: colours => remember("colours", colours) };

  document.addEventListener("click", e => { if (e.target.closest?.("[data-reload]")) location.reload(); });
  document.addEventListener("DOMContentLoaded", () =>
    document.getElementById("components-reconnect-modal")?.addEventListener("components-reconnect-state-changed", e => {
      // The server was started anew and knows this page no more.
      if (e.detail?.state === "rejected") location.reload();
    }));
})();

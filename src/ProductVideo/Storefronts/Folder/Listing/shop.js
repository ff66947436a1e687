"use strict";

// Without this script the page works: thumbnails are links to slides, and the clip has its own controls.

const mayMove = matchMedia("(prefers-reduced-motion: no-preference)");

for (const gallery of document.querySelectorAll("[data-gallery]")) {
  const stage = gallery.querySelector(".stage");
  const thumbs = [...gallery.querySelectorAll(".thumbs a")];

  const show = (id) => {
    const slide = document.getElementById(id);
    if (slide && stage.contains(slide)) {
      // To a place, not by a distance: a distance stops at the first slide on the way.
      const distance = slide.getBoundingClientRect().left - stage.getBoundingClientRect().left;
      stage.scrollTo({ left: stage.scrollLeft + distance });
    }
  };

  for (const thumb of thumbs) {
    thumb.addEventListener("click", (event) => {
      event.preventDefault();
      show(thumb.hash.slice(1));
    });
  }

  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries.filter((e) => e.isIntersecting)) {
      for (const thumb of thumbs) {
        if (thumb.hash === `#${entry.target.id}`) thumb.setAttribute("aria-current", "true");
        else thumb.removeAttribute("aria-current");
      }
    }
  }, { root: stage, threshold: 0.6 });
  for (const slide of stage.children) seen.observe(slide);

  for (const choice of document.querySelectorAll(".versions input")) {
    choice.addEventListener("change", () => {
      const price = document.querySelector(".about > .price");
      if (price && choice.dataset.now) showPrice(price, choice.dataset.now, choice.dataset.before);
      if (choice.dataset.shows) show(choice.dataset.shows);
    });
  }
}

function showPrice(price, now, before) {
  price.querySelector(".now").textContent = now;
  price.querySelector(".was")?.remove();
  if (before) {
    const was = document.createElement("s");
    was.className = "was";
    was.textContent = before;
    price.append(" ", was);
  }
}

for (const clip of document.querySelectorAll(".clip")) {
  const video = clip.querySelector("video");
  const motion = clip.querySelector(".motion");
  let stoppedByHand = false;
  let stopping = false;

  const stop = () => {
    stopping = !video.paused;
    video.pause();
  };

  // A browser that forbids playing leaves the poster, and the button to start it.
  const play = () => video.play().catch(() => {});

  const tell = () => {
    motion.toggleAttribute("data-playing", !video.paused);
    motion.setAttribute("aria-label", video.paused ? motion.dataset.play : motion.dataset.pause);
  };

  video.addEventListener("play", () => { stoppedByHand = false; tell(); });
  video.addEventListener("pause", () => { stoppedByHand = !stopping; stopping = false; tell(); });
  motion.addEventListener("click", () => (video.paused ? play() : video.pause()));
  motion.hidden = false;

  new IntersectionObserver(([entry]) => {
    if (!entry.isIntersecting) stop();
    else if (mayMove.matches && !stoppedByHand) play();
  }, { threshold: 0.6 }).observe(video);
}

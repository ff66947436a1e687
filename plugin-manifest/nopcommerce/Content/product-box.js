// The button and the box on a product's page. What they know comes from this shop's server, which alone holds the service's key.
(function () {
  const box = document.getElementById('productvideo-box');
  const button = document.getElementById('productvideo-generate');
  if (!box || !button) return;
  const state = box.querySelector('.productvideo-state');
  const problem = box.querySelector('.productvideo-problem');
  const link = box.querySelector('.productvideo-link');
  let timer = 0;
  let moving = false;

  const ask = async (address, more = {}) => {
    clearTimeout(timer);
    const token = document.querySelector('input[name=__RequestVerificationToken]');
    const body = new URLSearchParams({ product: box.dataset.product, __RequestVerificationToken: token ? token.value : '', ...more });
    let told = null;
    try {
      told = await (await fetch(address, { method: 'POST', body, credentials: 'same-origin' })).json();
    } catch (e) {
      told = null;
    }
    if (told && told.confirm) {
      if (window.confirm(told.confirm)) return ask(address, { ...more, agreed: told.price });
      return ask(box.dataset.status);
    }
    problem.textContent = told ? told.problem || '' : box.dataset.oldPage;
    problem.hidden = problem.textContent === '';
    const stands = Boolean(told && told.state);
    if (stands) {
      state.textContent = told.state + (told.percent === null ? '' : ' · ' + told.percent + ' %');
      link.hidden = !told.link;
      if (told.link) link.href = told.link;
      moving = told.moving;
    }
    button.disabled = moving;
    // A call that failed ends nothing: the video goes on being made.
    if (moving) timer = setTimeout(() => ask(box.dataset.status), stands ? 3000 : 15000);
  };

  button.addEventListener('click', () => {
    button.disabled = true;
    // One key for one click: sent twice, it still orders one video.
    ask(box.dataset.generate, { key: Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('') });
  });
  ask(box.dataset.status);
})();

// "Generate videos" for the products that are selected in the list. What costs something is asked about before it is ordered.
(function () {
  const button = document.getElementById('productvideo-many');
  if (!button) return;

  const order = async (ids, agreed) => {
    const token = document.querySelector('input[name=__RequestVerificationToken]');
    const body = new URLSearchParams({ __RequestVerificationToken: token ? token.value : '' });
    ids.forEach((id) => body.append('ids', id));
    agreed.forEach((one) => body.append('agreed', one));
    button.disabled = true;
    let told = null;
    try {
      told = await (await fetch(button.dataset.generate, { method: 'POST', body, credentials: 'same-origin' })).json();
    } catch (e) {
      told = null;
    }
    button.disabled = false;
    if (!told) return window.alert(button.dataset.oldPage);
    if (told.asked.length === 0) return window.alert(told.text);
    const prices = told.asked.map((one) => one.name + ': ' + one.price).join('\n');
    if (window.confirm(told.text + '\n\n' + told.ask + '\n' + prices)) {
      return order(told.asked.map((one) => one.id), told.asked.map((one) => one.id + '=' + one.price));
    }
  };

  button.addEventListener('click', () => {
    // The shop's own list keeps what is selected, over its pages.
    const ids = window.selectedIds || [];
    if (ids.length === 0) return window.alert(button.dataset.nothing);
    order(ids, []);
  });
})();

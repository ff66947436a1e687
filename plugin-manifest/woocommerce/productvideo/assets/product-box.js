// The box on the product's page. What it knows comes from this shop's server, which alone holds the service's key.
(function () {
	const box = document.getElementById('productvideo-box');
	if (!box) return;
	const state = box.querySelector('.productvideo-state');
	const problem = box.querySelector('.productvideo-problem');
	const button = box.querySelector('button');
	const link = box.querySelector('.productvideo-link');
	let timer = 0;
	let moving = false;

	const ask = async (action, more = {}) => {
		clearTimeout(timer);
		const body = new URLSearchParams({ action, product: box.dataset.product, _ajax_nonce: box.dataset.nonce, ...more });
		let told;
		try {
			told = await (await fetch(box.dataset.ajax, { method: 'POST', body, credentials: 'same-origin' })).json();
		} catch {
			// A page of a proxy's or a security plugin's own, or no answer at all. What the browser says of that helps no merchant.
			told = { success: false, data: { problem: box.dataset.unread } };
		}
		const data = told && told.data ? told.data : {};
		problem.textContent = data.problem || (told && told.success ? '' : box.dataset.outdated);
		problem.hidden = problem.textContent === '';
		if (told && told.success && data.confirm) {
			if (window.confirm(data.confirm)) return ask(action, { ...more, agreed: data.price });
			return ask('productvideo_status');
		}
		if (told && told.success) {
			state.textContent = data.state + (data.percent === null ? '' : ' · ' + data.percent + ' %');
			link.hidden = !data.link;
			if (data.link) link.href = data.link;
			moving = data.moving;
		}
		button.disabled = moving;
		// A call that failed ends nothing: the video goes on being made.
		if (moving) timer = setTimeout(() => ask('productvideo_status'), told && told.success ? 3000 : 15000);
	};

	button.addEventListener('click', () => {
		button.disabled = true;
		// One key for one click: sent twice, it still orders one video.
		ask('productvideo_generate', { key: Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('') });
	});
	ask('productvideo_status');
})();

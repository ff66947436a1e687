// The product's page for shoppers: where the gallery is a slider, it and a clip in it leave each other alone.
(function () {
	// As high as the controls of a player are at most, in pixels.
	const CONTROLS = 80;
	document.querySelectorAll('.woocommerce-product-gallery .productvideo-player').forEach((player) => {
		// The arrow keys that wind the clip would turn the gallery as well.
		player.addEventListener('keyup', (event) => event.stopPropagation());
		// So would a finger on the clip's controls; over the picture it goes on turning the gallery.
		player.addEventListener('touchstart', (event) => {
			if (event.touches[0].clientY > player.getBoundingClientRect().bottom - CONTROLS) event.stopPropagation();
		}, { passive: true });
		const slide = player.closest('.productvideo');
		if (!slide) return;
		new MutationObserver((changes) => {
			const was = changes.some((change) => / flex-active-slide /.test(' ' + change.oldValue + ' '));
			if (was && !slide.classList.contains('flex-active-slide')) player.pause();
		}).observe(slide, { attributes: true, attributeFilter: ['class'], attributeOldValue: true });
	});
})();

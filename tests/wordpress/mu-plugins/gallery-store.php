<?php
// Stands in for WooCommerce 11.1 with its beta "Product gallery videos", once a test switches it on: the class by which it is known is there, and its
// gallery block draws what is in its store by itself.
namespace Automattic\WooCommerce\Internal\ProductGallery;

if ( 'yes' === get_option( 'woocommerce_feature_product_gallery_videos_enabled' ) ) {
	final class ProductMediaGallery {}
	add_filter(
		'render_block_woocommerce/product-gallery',
		static function ( $content ) {
			foreach ( json_decode( (string) get_post_meta( get_the_ID(), '_wc_video_gallery', true ), true ) ?: array() as $entry ) {
				$content .= '<video class="of-woocommerce" autoplay loop muted src="' . esc_url( (string) wp_get_attachment_url( $entry['id'] ) ) . '"></video>';
			}
			return $content;
		},
		5
	);
}

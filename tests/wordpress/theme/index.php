<!DOCTYPE html>
<html <?php language_attributes(); ?>>
<head><meta charset="<?php bloginfo( 'charset' ); ?>"><?php wp_head(); ?></head>
<body <?php body_class(); ?>>
<?php
while ( have_posts() ) {
	the_post();
	the_title( '<h1>', '</h1>' );
	if ( function_exists( 'WC' ) ) {
		// As WooCommerce's templates draw it without a slider; a gallery of the theme's own asks nobody.
		echo '<style>.woocommerce div.product div.images .woocommerce-product-gallery__image:nth-child(n+2){width:25%;display:inline-block}</style>';
		echo '<div class="woocommerce"><div class="product"><div class="woocommerce-product-gallery images"><figure class="woocommerce-product-gallery__wrapper"><div class="woocommerce-product-gallery__image">First picture</div>';
		if ( 'own' !== get_option( 'test_gallery' ) ) {
			do_action( 'woocommerce_product_thumbnails' );
		}
		echo '</figure></div></div></div>';
		do_action( 'woocommerce_after_single_product_summary' );
	}
	the_content();
}
wp_footer();
?>
</body>
</html>

<?php
/**
 * What a product costs as the shop shows it. WooCommerce tells what the merchant entered, which is another number where prices are entered without
 * tax and shown with it, or the other way round.
 *
 * @package ProductVideo
 */

namespace ProductVideo;

defined( 'ABSPATH' ) || exit;

add_action( 'rest_api_init', __NAMESPACE__ . '\register_price' );

function register_price(): void {
	register_rest_field(
		array( 'product', 'product_variation' ),
		'productvideo_price',
		array(
			// The list of products is open to all, also where a shop shows prices only to whom it knows.
			'get_callback' => static fn( $product ) => current_user_can( 'edit_post', (int) $product['id'] ) ? shown_price( (int) $product['id'] ) : null,
			'schema'       => array(
				'description' => 'The price that shoppers see; null where it is the one in price.',
				'type'        => array( 'string', 'null' ),
				'context'     => array( 'view', 'edit' ),
				'readonly'    => true,
			),
		)
	);
}

/** Of a product with variants, that of the cheapest. */
function shown_price( int $id ): ?string {
	$product = function_exists( 'wc_get_product' ) ? wc_get_product( $id ) : null;
	if ( ! $product || ! is_numeric( $product->get_price() ) ) {
		return null;
	}
	add_filter( 'woocommerce_get_tax_location', __NAMESPACE__ . '\or_at_home' );
	// Each variant may be taxed otherwise than the product.
	$price = method_exists( $product, 'get_variation_price' ) ? $product->get_variation_price( 'min', true ) : wc_get_price_to_display( $product );
	remove_filter( 'woocommerce_get_tax_location', __NAMESPACE__ . '\or_at_home' );
	if ( ! is_numeric( $price ) ) {
		return null;
	}
	$shown = wc_format_decimal( $price, wc_get_price_decimals() );
	return (float) $shown === (float) $product->get_price() ? null : $shown;
}

/**
 * Where a shop asks its visitors from where they are, nobody is anywhere here, and nowhere there is no tax: the film shows what the shop's own country sees.
 *
 * @param string[] $place Country, state, postcode and city, or nothing.
 */
function or_at_home( $place ): array {
	return $place ? $place : array( WC()->countries->get_base_country(), WC()->countries->get_base_state(), WC()->countries->get_base_postcode(), WC()->countries->get_base_city() );
}

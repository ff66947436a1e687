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
			'get_callback' => static fn( $product ) => shown_price( (int) $product['id'] ),
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
	$shown = wc_format_decimal( wc_get_price_to_display( $product ), wc_get_price_decimals() );
	return (float) $shown === (float) $product->get_price() ? null : $shown;
}

<?php
/**
 * How many pieces there are of a product's variants. WooCommerce's list of products gives of variants only their ids; who asks that list for
 * the field productvideo_stock is told without another request.
 *
 * @package ProductVideo
 */

namespace ProductVideo;

defined( 'ABSPATH' ) || exit;

add_action( 'rest_api_init', __NAMESPACE__ . '\register_stock' );

function register_stock(): void {
	register_rest_field(
		'product',
		'productvideo_stock',
		array(
			// Shops that don't show their stock don't tell it here either.
			'get_callback' => static fn( $product ) => current_user_can( 'edit_post', (int) $product['id'] ) && 'variable' === ( $product['type'] ?? '' ) ? pieces_of_variants( (int) $product['id'] ) : null,
			'schema'       => array(
				'description' => 'Pieces in stock of the variants that are counted each for itself; null where none is.',
				'type'        => array( 'integer', 'null' ),
				'context'     => array( 'view', 'edit' ),
				'readonly'    => true,
			),
		)
	);
}

function pieces_of_variants( int $product ): ?int {
	global $wpdb;
	// In this table WooCommerce keeps a number only of what it counts. One below nothing was oversold.
	$pieces = $wpdb->get_var(
		$wpdb->prepare(
			"SELECT SUM(GREATEST(FLOOR(figures.stock_quantity), 0)) FROM {$wpdb->posts} AS variant
			JOIN {$wpdb->prefix}wc_product_meta_lookup AS figures ON figures.product_id = variant.ID
			WHERE variant.post_parent = %d AND variant.post_type = 'product_variation' AND variant.post_status = 'publish'",
			$product
		)
	);
	return null === $pieces ? null : (int) $pieces;
}

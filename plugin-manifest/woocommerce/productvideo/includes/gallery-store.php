<?php
/**
 * WooCommerce's own store of gallery videos (a beta of 11.1). It is marked internal and may change, so it is written only where its class is
 * there, and read with care; what the merchant put there stays.
 *
 * @package ProductVideo
 */

namespace ProductVideo;

defined( 'ABSPATH' ) || exit;

const GALLERY_STORE = '_wc_video_gallery';

/** Whether WooCommerce shows gallery videos by itself; then this plugin does not show those that are in its store. */
function has_gallery_store(): bool {
	return knows_gallery_store() && 'yes' === get_option( 'woocommerce_feature_product_gallery_videos_enabled' );
}

function knows_gallery_store(): bool {
	return class_exists( '\Automattic\WooCommerce\Internal\ProductGallery\ProductMediaGallery' );
}

function is_in_gallery_store( int $product, array $video ): bool {
	$entries = gallery_store_of( $product );
	return null !== $entries && count( without_video( $entries, $video ) ) < count( $entries );
}

/** Also while it is switched off: once it is switched on, what came before is there. */
function add_to_gallery_store( int $product, array $video ): void {
	$entries = gallery_store_of( $product );
	if ( ! knows_gallery_store() || null === $entries ) {
		return;
	}
	$entry = array(
		'source_type' => 'attachment',
		'id'          => (int) $video['media_id'],
		'position'    => 0,
	);
	if ( ! empty( $video['poster_id'] ) ) {
		$entry['poster_id'] = (int) $video['poster_id'];
	}
	save_gallery_store( $product, array_merge( array( $entry ), without_video( $entries, $video ) ) );
}

function remove_from_gallery_store( int $product, array $video ): void {
	if ( is_in_gallery_store( $product, $video ) ) {
		save_gallery_store( $product, without_video( gallery_store_of( $product ), $video ) );
	}
}

/** @return array[]|null null where the store holds what this plugin does not know: then it is not touched. */
function gallery_store_of( int $product ): ?array {
	$kept = get_post_meta( $product, GALLERY_STORE, true );
	if ( '' === $kept ) {
		return array();
	}
	$entries = is_string( $kept ) ? json_decode( $kept, true ) : null;
	// Of a list alone: its keys are its places.
	return is_array( $entries ) && array_keys( $entries ) === array_keys( array_keys( $entries ) ) ? $entries : null;
}

function without_video( array $entries, array $video ): array {
	return array_values( array_filter( $entries, static fn( $entry ) => (int) ( $entry['id'] ?? 0 ) !== (int) $video['media_id'] ) );
}

function save_gallery_store( int $product, array $entries ): void {
	if ( $entries ) {
		update_post_meta( $product, GALLERY_STORE, wp_slash( wp_json_encode( $entries ) ) );
	} else {
		delete_post_meta( $product, GALLERY_STORE );
	}
}

<?php
/**
 * WooCommerce's own store of gallery videos (a beta of 11.1). Earlier versions wrote clips there, and WooCommerce drew them by itself: playing on and on
 * without controls, and without a word of what a model drew. Nothing is written there any more; what was is taken away, and what the merchant put
 * there stays.
 *
 * @package ProductVideo
 */

namespace ProductVideo;

defined( 'ABSPATH' ) || exit;

const GALLERY_STORE = '_wc_video_gallery';

/** Whether what earlier versions wrote there is gone. */
const LEFT_GALLERY_STORE = 'productvideo_left_gallery_store';

add_action( 'init', __NAMESPACE__ . '\leave_gallery_store' );

/** Once in each shop: WordPress tells nobody that a plugin was replaced by a newer one. */
function leave_gallery_store(): void {
	if ( ! get_option( LEFT_GALLERY_STORE ) ) {
		empty_gallery_store();
		update_option( LEFT_GALLERY_STORE, '1' );
	}
}

/** Takes all clips of the shop out of it. */
function empty_gallery_store(): void {
	global $wpdb;
	$products = $wpdb->get_col(
		$wpdb->prepare( "SELECT DISTINCT ours.post_id FROM {$wpdb->postmeta} ours JOIN {$wpdb->postmeta} store ON store.post_id = ours.post_id AND store.meta_key = %s WHERE ours.meta_key = %s", GALLERY_STORE, VIDEOS )
	);
	foreach ( $products as $product ) {
		foreach ( stored_videos( (int) $product ) as $video ) {
			remove_from_gallery_store( (int) $product, $video );
		}
		tell_caches( (int) $product );
	}
}

function remove_from_gallery_store( int $product, array $video ): void {
	$entries = gallery_store_of( $product );
	$others  = null === $entries ? null : array_values( array_filter( $entries, static fn( $entry ) => (int) ( $entry['id'] ?? 0 ) !== (int) $video['media_id'] ) );
	if ( $others ) {
		if ( count( $others ) < count( $entries ) ) {
			update_post_meta( $product, GALLERY_STORE, wp_slash( wp_json_encode( $others ) ) );
		}
	} elseif ( $entries ) {
		delete_post_meta( $product, GALLERY_STORE );
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

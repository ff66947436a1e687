<?php
/**
 * Takes the plugin's own settings and notes away, in each shop of a network. The videos stay in the media library: they are the shop's.
 *
 * @package ProductVideo
 */

namespace ProductVideo;

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

require_once __DIR__ . '/includes/videos.php';
require_once __DIR__ . '/includes/gallery-store.php';

/** Of the shop that is switched to. */
function forget_everything(): void {
	global $wpdb;
	// WooCommerce would go on showing them, and nothing would tell any more what a model drew.
	foreach ( $wpdb->get_col( $wpdb->prepare( "SELECT post_id FROM {$wpdb->postmeta} WHERE meta_key = %s", VIDEOS ) ) as $product ) {
		foreach ( stored_videos( (int) $product ) as $video ) {
			remove_from_gallery_store( (int) $product, $video );
		}
	}
	delete_option( 'productvideo_settings' );
	delete_post_meta_by_key( VIDEOS );
	delete_post_meta_by_key( USED_BY );
}

if ( ! is_multisite() ) {
	forget_everything();
} else {
	foreach ( get_sites(
		array(
			'fields' => 'ids',
			'number' => 0,
		)
	) as $site ) {
		switch_to_blog( $site );
		forget_everything();
		restore_current_blog();
	}
}

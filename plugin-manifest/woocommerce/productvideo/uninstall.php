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
	// WooCommerce would go on showing them, and nothing would tell any more what a model drew.
	empty_gallery_store();
	delete_option( 'productvideo_settings' );
	delete_option( LEFT_GALLERY_STORE );
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

<?php
/**
 * Takes the plugin's own settings and notes away. The videos stay in the media library: they are the shop's.
 *
 * @package ProductVideo
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

delete_option( 'productvideo_settings' );
delete_post_meta_by_key( '_productvideo_videos' );
delete_post_meta_by_key( '_productvideo_used_by' );

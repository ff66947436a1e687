<?php
/**
 * The videos of products, kept as post meta. Nothing here moves a product's date or tells its webhooks: to other programs the product has
 * not changed.
 *
 * @package ProductVideo
 */

namespace ProductVideo;

defined( 'ABSPATH' ) || exit;

/** On a product: its videos, the oldest first. */
const VIDEOS = '_productvideo_videos';

/** On an attachment, once for each use: "product:key". What nothing uses any more is deleted. */
const USED_BY = '_productvideo_used_by';

/**
 * The videos whose files are still there: one that the merchant deleted from the library is on no listing.
 *
 * @return array[] With key, media_id, poster_id, width, height, seconds, alt.
 */
function videos_of( int $product ): array {
	$videos = get_post_meta( $product, VIDEOS, true );
	return is_array( $videos )
		? array_values( array_filter( $videos, static fn( $video ) => is_array( $video ) && is_video( (int) ( $video['media_id'] ?? 0 ) ) ) )
		: array();
}

function is_video( int $media ): bool {
	return 'attachment' === get_post_type( $media ) && 0 === strpos( (string) get_post_mime_type( $media ), 'video/' );
}

/**
 * Puts a video on a product, unless one with its key is there.
 *
 * @return array The video as it stands, and whether it was there.
 */
function put_video( int $product, array $video ): array {
	return with_lock(
		$product,
		static function () use ( $product, $video ) {
			$videos = videos_of( $product );
			foreach ( $videos as $there ) {
				if ( $there['key'] === $video['key'] ) {
					return array( $there, true );
				}
			}
			$videos[] = $video;
			save_videos( $product, $videos );
			foreach ( files_of( $video ) as $media ) {
				add_post_meta( $media, USED_BY, "$product:{$video['key']}" );
			}
			add_to_gallery_store( $product, $video );
			return array( $video, false );
		}
	);
}

/** Takes a video off, and its files out of the library where nothing else uses them. Fine twice. */
function remove_video( int $product, string $key ): bool {
	return with_lock(
		$product,
		static function () use ( $product, $key ) {
			$videos  = videos_of( $product );
			$removed = array_values( array_filter( $videos, static fn( $video ) => $video['key'] === $key ) );
			if ( ! $removed ) {
				return false;
			}
			save_videos( $product, array_values( array_filter( $videos, static fn( $video ) => $video['key'] !== $key ) ) );
			foreach ( $removed as $video ) {
				remove_from_gallery_store( $product, $video );
				foreach ( files_of( $video ) as $media ) {
					delete_post_meta( $media, USED_BY, "$product:$key" );
					if ( ! get_post_meta( $media, USED_BY ) ) {
						wp_delete_attachment( $media, true );
					}
				}
			}
			return true;
		}
	);
}

/** @return int[] */
function files_of( array $video ): array {
	return array_values( array_filter( array( (int) $video['media_id'], (int) ( $video['poster_id'] ?? 0 ) ) ) );
}

function save_videos( int $product, array $videos ): void {
	if ( $videos ) {
		update_post_meta( $product, VIDEOS, wp_slash( $videos ) );
	} else {
		delete_post_meta( $product, VIDEOS );
	}
}

/** Two requests that change one product's videos come one after the other. */
function with_lock( int $product, callable $work ) {
	global $wpdb;
	$name = substr( $wpdb->prefix . 'productvideo_' . $product, 0, 64 );
	if ( '1' !== (string) $wpdb->get_var( $wpdb->prepare( 'SELECT GET_LOCK(%s, 20)', $name ) ) ) {
		throw new \RuntimeException( 'The videos of this product are being changed by another request. Try again in a moment.' );
	}
	try {
		// What was read before the lock may be old.
		wp_cache_delete( $product, 'post_meta' );
		return $work();
	} finally {
		$wpdb->query( $wpdb->prepare( 'SELECT RELEASE_LOCK(%s)', $name ) );
	}
}

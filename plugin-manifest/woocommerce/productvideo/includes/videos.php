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

/** Another request holds the lock for too long. */
final class Busy extends \RuntimeException {}

add_filter( 'woocommerce_duplicate_product_exclude_meta', __NAMESPACE__ . '\leave_videos_out_of_copy' );
add_action( 'woocommerce_product_duplicate', __NAMESPACE__ . '\take_videos_off_copy', 10, 2 );
add_action( 'before_delete_post', __NAMESPACE__ . '\take_videos_off_deleted' );

/**
 * The videos whose files are still there: one that the merchant deleted from the library is on no listing.
 *
 * @return array[] With key, media_id, poster_id, width, height, seconds, alt, made_with_ai.
 */
function videos_of( int $product ): array {
	return array_values( array_filter( stored_videos( $product ), static fn( $video ) => is_video( (int) $video['media_id'] ) ) );
}

/** @return array[] All that are kept, their files there or not. */
function stored_videos( int $product ): array {
	$videos = get_post_meta( $product, VIDEOS, true );
	return is_array( $videos ) ? array_values( array_filter( $videos, static fn( $video ) => isset( $video['key'], $video['media_id'] ) ) ) : array();
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
	$put = with_lock(
		$product,
		static function () use ( $product, $video ) {
			foreach ( videos_of( $product ) as $there ) {
				if ( $there['key'] === $video['key'] ) {
					return array( $there, true );
				}
			}
			// One of that key may be kept whose file is gone.
			take_off( $product, $video['key'], files_of( $video ) );
			save_videos( $product, array_merge( stored_videos( $product ), array( $video ) ) );
			foreach ( files_of( $video ) as $media ) {
				add_post_meta( $media, USED_BY, "$product:{$video['key']}" );
			}
			return array( $video, false );
		}
	);
	tell_caches( $product );
	return $put;
}

/** Takes a video off, and its files out of the library where nothing else uses them. Fine twice. */
function remove_video( int $product, string $key ): bool {
	$removed = with_lock( $product, static fn() => take_off( $product, $key ) );
	tell_caches( $product );
	return $removed;
}

/**
 * A page that is kept for shoppers is drawn again with the product's videos as they are now. After the lock: a cache may call others. And where
 * nothing changed, too: the call that changed it may have broken off before it came to that.
 */
function tell_caches( int $product ): void {
	// WordPress's own word, which caches of pages listen to; it moves no date and tells no webhook.
	clean_post_cache( $product );
	do_action( 'litespeed_purge_post', $product ); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals.NonPrefixedHooknameFound -- LiteSpeed Cache's own.
}

/** @param int[] $keep Files that stay. */
function take_off( int $product, string $key, array $keep = array() ): bool {
	$videos  = stored_videos( $product );
	$removed = array_filter( $videos, static fn( $video ) => $video['key'] === $key );
	if ( ! $removed ) {
		return false;
	}
	save_videos( $product, array_values( array_filter( $videos, static fn( $video ) => $video['key'] !== $key ) ) );
	foreach ( $removed as $video ) {
		remove_from_gallery_store( $product, $video );
		foreach ( array_diff( files_of( $video ), $keep ) as $media ) {
			delete_post_meta( $media, USED_BY, "$product:$key" );
			delete_if_unused( $media );
		}
	}
	return true;
}

/**
 * Deletes what was uploaded for a video and never came to be used: the try broke off, or the product was gone. An upload is known by its name, which
 * ProductVideo makes of the key (and so does its WooCommerceUploads), and only the user's own are looked at.
 */
function delete_unused_files( int $product, string $key ): void {
	with_lock(
		$product,
		static function () use ( $key ) {
			// The video first: it shows its poster.
			foreach ( array( $key => 'video', "$key-poster" => 'image' ) as $name => $kind ) {
				$files = get_posts(
					array(
						'post_type'      => 'attachment',
						'post_status'    => 'inherit',
						'post_mime_type' => $kind,
						'name'           => (string) $name,
						'author'         => get_current_user_id(),
						'posts_per_page' => 1,
						'fields'         => 'ids',
					)
				);
				foreach ( $files as $media ) {
					if ( current_user_can( 'delete_post', $media ) ) {
						delete_if_unused( $media );
					}
				}
			}
		}
	);
}

function delete_if_unused( int $media ): void {
	if ( ! get_post_meta( $media, USED_BY ) && ! is_shown_elsewhere( $media ) ) {
		wp_delete_attachment( $media, true );
	}
}

/**
 * What the merchant shows somewhere is the merchant's, and stays: on this product or another, for a category, in a text, in what page builders
 * and themes keep. In doubt it stays: a file too many in the library can be deleted, one too few is gone.
 */
function is_shown_elsewhere( int $media ): bool {
	global $wpdb;
	$questions = array(
		$wpdb->prepare(
			"SELECT 1 FROM {$wpdb->postmeta} WHERE ( meta_key = '_thumbnail_id' AND meta_value = %s )
			OR ( meta_key = '_product_image_gallery' AND FIND_IN_SET( %s, REPLACE( meta_value, ' ', '' ) ) )
			OR ( meta_key = %s AND meta_value REGEXP %s ) LIMIT 1",
			$media,
			$media,
			GALLERY_STORE,
			'"(poster_)?id" *: *"?' . $media . '([^0-9]|$)'
		),
		$wpdb->prepare( "SELECT 1 FROM {$wpdb->termmeta} WHERE meta_key = 'thumbnail_id' AND meta_value = %s LIMIT 1", $media ),
	);
	$names     = names_of( $media );
	if ( $names ) {
		// In JSON the stroke before the name is "\/", which ends in the same one. What they begin with alike is asked first: these tables can be large.
		$like      = static fn( $column, $name ) => $wpdb->prepare( "$column LIKE %s", '%' . $wpdb->esc_like( "/$name" ) . '%' ); // phpcs:ignore WordPress.DB.PreparedSQL.InterpolatedNotPrepared -- Columns named below.
		$stem      = array_reduce( $names, static fn( $stem, $name ) => substr( $stem, 0, strspn( $stem ^ $name, "\0" ) ), $names[0] );
		$named     = static fn( $column ) => '( ' . $like( $column, $stem ) . ' AND ( ' . implode( ' OR ', array_map( static fn( $name ) => $like( $column, $name ), $names ) ) . ' ) )';
		$questions = array_merge(
			$questions,
			array(
				"SELECT 1 FROM {$wpdb->posts} WHERE post_type <> 'revision' AND ( " . $named( 'post_content' ) . ' OR ' . $named( 'post_excerpt' ) . ' ) LIMIT 1',
				"SELECT 1 FROM {$wpdb->term_taxonomy} WHERE " . $named( 'description' ) . ' LIMIT 1',
				// Widgets and the settings of themes and builders. What is only passing there shows nothing.
				"SELECT 1 FROM {$wpdb->options} WHERE option_name NOT LIKE '%\\_transient\\_%' AND " . $named( 'option_value' ) . ' LIMIT 1',
				"SELECT 1 FROM {$wpdb->termmeta} WHERE " . $named( 'meta_value' ) . ' LIMIT 1',
				// Page builders keep a page's content here, and that of its revisions too. Of files WordPress says here what they are called.
				"SELECT 1 FROM {$wpdb->postmeta} JOIN {$wpdb->posts} ON ID = post_id WHERE post_type <> 'revision' AND meta_key NOT IN ( '_wp_attached_file', '_wp_attachment_metadata' )
				AND " . $wpdb->prepare( 'post_id <> %d', $media ) . ' AND ' . $named( 'meta_value' ) . ' LIMIT 1',
			)
		);
	}
	foreach ( $questions as $question ) {
		if ( $wpdb->get_var( $question ) ) { // phpcs:ignore WordPress.DB.PreparedSQL.NotPrepared -- Prepared above, by parts.
			return true;
		}
	}
	return false;
}

/** @return string[] Of the file, and of the sizes that WordPress made of a picture. */
function names_of( int $media ): array {
	$made  = wp_get_attachment_metadata( $media );
	$names = array( wp_basename( (string) get_attached_file( $media ) ), $made['original_image'] ?? '' );
	return array_values( array_unique( array_filter( array_merge( $names, array_column( $made['sizes'] ?? array(), 'file' ) ) ) ) );
}

/** The service knows nothing of a copy: a video there would lose its file when the product's own comes off. */
function leave_videos_out_of_copy( array $keys ): array {
	return array_merge( $keys, array( VIDEOS ) );
}

/**
 * @param \WC_Product $copy As WooCommerce saved it.
 * @param \WC_Product $product What it was made of.
 */
function take_videos_off_copy( $copy, $product ): void {
	foreach ( stored_videos( $product->get_id() ) as $video ) {
		remove_from_gallery_store( $copy->get_id(), $video );
	}
}

/** Of a product that is deleted for good the service hears too late: nothing else would take its files out of the library. */
function take_videos_off_deleted( int $post ): void {
	if ( 'product' !== get_post_type( $post ) ) {
		return;
	}
	foreach ( stored_videos( $post ) as $video ) {
		try {
			remove_video( $post, $video['key'] );
		} catch ( Busy $e ) {
			// Files that are left do no harm; a product that can't be deleted would.
			return;
		}
	}
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

/** One change after the other in the whole shop: two products may use one file. */
function with_lock( int $product, callable $work ) {
	global $wpdb;
	$name = 'productvideo_' . md5( DB_NAME . '/' . $wpdb->prefix );
	if ( '1' !== (string) $wpdb->get_var( $wpdb->prepare( 'SELECT GET_LOCK(%s, 20)', $name ) ) ) {
		throw new Busy();
	}
	try {
		// What was read before the lock may be old.
		wp_cache_delete( $product, 'post_meta' );
		return $work();
	} finally {
		$wpdb->query( $wpdb->prepare( 'SELECT RELEASE_LOCK(%s)', $name ) );
	}
}

<?php
/**
 * How shoppers see a video: in the product's gallery, poster first, started by nobody but the shopper.
 *
 * @package ProductVideo
 */

namespace ProductVideo;

defined( 'ABSPATH' ) || exit;

add_action( 'woocommerce_product_thumbnails', __NAMESPACE__ . '\show_in_gallery', 30 );
add_filter( 'render_block_woocommerce/product-gallery', __NAMESPACE__ . '\show_after_block_gallery', 10, 3 );
add_filter( 'the_content', __NAMESPACE__ . '\show_in_content' );
// Before the tabs, which stand there at 10.
add_action( 'woocommerce_after_single_product_summary', __NAMESPACE__ . '\show_below_summary', 5 );
add_shortcode( 'productvideo', __NAMESPACE__ . '\show_by_shortcode' );
add_action( 'wp_head', __NAMESPACE__ . '\tell_search_engines' );
add_action( 'wp_head', __NAMESPACE__ . '\style_gallery' );
add_action( 'wp_enqueue_scripts', __NAMESPACE__ . '\mind_slider' );

function show_in_gallery(): void {
	$product = (int) get_the_ID();
	if ( post_password_required( $product ) ) {
		return;
	}
	has_shown( $product, true );
	foreach ( videos_of( $product ) as $video ) {
		printf(
			'<div class="woocommerce-product-gallery__image productvideo" data-thumb="%1$s" data-thumb-alt="%2$s">%3$s</div>',
			esc_url( (string) poster_of( $video, 'thumbnail' ) ),
			esc_attr( $video['alt'] ),
			player( $video ) // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- Escaped where it is made.
		);
	}
}

/**
 * The gallery's magnifying glass enlarges pictures, and would open some other one over a video. Without a slider WooCommerce draws all but the
 * first as small as thumbnails: this rule outdoes that one by a class, and the width that a slider sets outdoes both.
 */
function style_gallery(): void {
	if ( is_page_with_video() ) {
		echo '<style id="productvideo-style">.woocommerce-product-gallery:has(.productvideo.flex-active-slide) .woocommerce-product-gallery__trigger{display:none}.woocommerce div.product div.images .woocommerce-product-gallery__image.productvideo.productvideo{width:100%}</style>', "\n";
	}
}

function mind_slider(): void {
	if ( is_page_with_video() ) {
		wp_enqueue_script( 'productvideo-gallery', plugins_url( 'assets/gallery.js', __DIR__ ), array(), VERSION, true );
	}
}

function is_page_with_video(): bool {
	return is_singular( 'product' ) && videos_of( (int) get_queried_object_id() );
}

/**
 * The newer gallery of block themes draws its pictures by itself and knows no hook: the videos stand below it. Also one that the merchant put into it: there
 * it has no controls, and nothing tells what a model drew.
 */
function show_after_block_gallery( string $content, array $block, \WP_Block $instance ): string {
	$product = (int) ( $instance->context['postId'] ?? get_the_ID() );
	if ( ! find_product( $product ) || post_password_required( $product ) ) {
		return $content;
	}
	has_shown( $product, true );
	return $content . below( videos_of( $product ) );
}

/** Where the theme draws a gallery of its own that asks nobody, the videos stand between it and the tabs. */
function show_below_summary(): void {
	$product = (int) get_the_ID();
	$post    = find_product( $product );
	// Those that the merchant put into the text come with it.
	if ( $post && ! has_shown( $product ) && ! post_password_required( $product ) && ! has_shortcode( $post->post_content, 'productvideo' ) ) {
		has_shown( $product, true );
		echo below( videos_of( $product ), 'clear:both;max-width:30rem;' ); // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- Escaped where it is made.
	}
}

/** [productvideo], for a page builder that draws the product's page by itself: the videos of the product whose page it is. */
function show_by_shortcode(): string {
	$product = find_product( (int) get_the_ID() ) ? (int) get_the_ID() : (int) get_queried_object_id();
	if ( ! find_product( $product ) || post_password_required( $product ) ) {
		return '';
	}
	has_shown( $product, true );
	return below( videos_of( $product ) );
}

/** Whether this page has shown the product's videos, or had the place to. */
function has_shown( int $product, bool $now = false ): bool {
	static $shown = array();
	if ( $now ) {
		$shown[ $product ] = true;
	}
	return isset( $shown[ $product ] );
}

/** @param string $style Of what stands around them, besides the distance to what is above. */
function below( array $videos, string $style = '' ): string {
	return $videos ? '<div class="productvideo-below" style="' . $style . 'margin-block-start:var(--wp--style--block-gap,1.5rem)">' . implode( '', array_map( __NAMESPACE__ . '\player', $videos ) ) . '</div>' : '';
}

/** Where there is no WooCommerce to draw a gallery, the videos stand before the text, unless the merchant put them into it. */
function show_in_content( string $content ): string {
	if ( function_exists( 'WC' ) || ! is_singular( 'product' ) || ! in_the_loop() || ! is_main_query() || post_password_required() || has_shortcode( $content, 'productvideo' ) ) {
		return $content;
	}
	return implode( '', array_map( __NAMESPACE__ . '\player', videos_of( (int) get_the_ID() ) ) ) . $content;
}

/** The size is there before the file, so that nothing on the page moves; nothing is loaded, and nothing plays, before it is asked for. */
function player( array $video ): string {
	return '<figure class="productvideo-figure" style="margin:0">' . sprintf(
		'<video class="productvideo-player" controls playsinline preload="none" width="%1$d" height="%2$d" style="display:block;max-width:100%%;height:auto;aspect-ratio:%1$d/%2$d"%3$s aria-label="%4$s"><source src="%5$s" type="video/mp4"></video>',
		(int) $video['width'],
		(int) $video['height'],
		poster_of( $video, 'full' ) ? ' poster="' . esc_url( poster_of( $video, 'full' ) ) . '"' : '',
		esc_attr( $video['alt'] ),
		esc_url( (string) wp_get_attachment_url( (int) $video['media_id'] ) )
	) . disclosure( $video ) . '</figure>';
}

/** What a model drew, shoppers are told where they see it. */
function disclosure( array $video ): string {
	return empty( $video['made_with_ai'] ) ? '' : '<figcaption class="productvideo-ai" style="font-size:.8125rem">' . esc_html__( 'Made with AI', 'productvideo' ) . '</figcaption>';
}

function poster_of( array $video, string $size ): ?string {
	$url = empty( $video['poster_id'] ) ? false : wp_get_attachment_image_url( (int) $video['poster_id'], $size );
	return $url ? $url : null;
}

function tell_search_engines(): void {
	if ( ! is_singular( 'product' ) || post_password_required( get_queried_object_id() ) ) {
		return;
	}
	foreach ( videos_of( (int) get_queried_object_id() ) as $video ) {
		$object = array(
			'@context'     => 'https://schema.org',
			'@type'        => 'VideoObject',
			'name'         => html_entity_decode( wp_strip_all_tags( get_the_title( get_queried_object_id() ) ), ENT_QUOTES, 'UTF-8' ),
			'description'  => $video['alt'],
			'thumbnailUrl' => poster_of( $video, 'full' ),
			'contentUrl'   => wp_get_attachment_url( (int) $video['media_id'] ),
			'uploadDate'   => get_post_time( 'c', true, (int) $video['media_id'] ),
			'duration'     => 'PT' . round( (float) $video['seconds'], 1 ) . 'S',
			// Of schema.org, as pictures are marked by IPTC.
			'digitalSourceType' => empty( $video['made_with_ai'] ) ? null : 'https://schema.org/TrainedAlgorithmicMediaDigitalSource',
			'width'        => (int) $video['width'],
			'height'       => (int) $video['height'],
		);
		echo '<script type="application/ld+json">' . wp_json_encode( array_filter( $object ), JSON_HEX_TAG | JSON_HEX_AMP | JSON_UNESCAPED_UNICODE ) . "</script>\n"; // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped
	}
}

<?php
/**
 * Calls to the ProductVideo service. They go from the shop's server: its key never reaches a browser.
 *
 * @package ProductVideo
 */

namespace ProductVideo;

defined( 'ABSPATH' ) || exit;

/** @return array{url:string,key:string,shop:string} */
function settings(): array {
	return wp_parse_args(
		get_option( 'productvideo_settings', array() ),
		array(
			'url'  => '',
			'key'  => '',
			'shop' => '',
		)
	);
}

function is_connected(): bool {
	return '' !== settings()['url'] && '' !== settings()['key'] && '' !== settings()['shop'];
}

/**
 * Orders a video of a product.
 *
 * @param string $idempotency_key The same one gives the same video, however often it is sent.
 * @param array  $agreed          As cost_of tells it: nobody who costs more makes it, not even where another has failed.
 * @return array|\WP_Error The video as the service tells it.
 */
function order_video( int $product, string $idempotency_key, array $agreed ) {
	return call_service(
		'POST',
		'/api/v1/generations',
		array(
			'shop'    => settings()['shop'],
			'product' => (string) $product,
			'agreed'  => $agreed,
		),
		array( 'Idempotency-Key' => $idempotency_key )
	);
}

/**
 * What a video of the product costs now.
 *
 * @return array{text:string,agreed:array}|\WP_Error The text is empty if nobody can cost anything, else for example "0.70 USD"; with it is
 *                                                  agreed to an amount for each currency.
 */
function cost_of( int $product ) {
	$preview = call_service( 'POST', '/api/v1/products/' . rawurlencode( settings()['shop'] ) . "/$product/preview", array() );
	if ( is_wp_error( $preview ) ) {
		return $preview;
	}
	$price  = $preview['price'] ?? array(
		'amount'   => 0,
		'currency' => '',
	);
	$up_to  = $preview['upTo'] ?? array();
	$agreed = $up_to;
	if ( (float) $price['amount'] > 0 && ! in_array( $price['currency'], array_column( $up_to, 'currency' ), true ) ) {
		array_unshift( $agreed, $price );
	}
	$text = $agreed ? price_text( $price ) : '';
	if ( $up_to ) {
		/* translators: 1: a price, such as 0.70 USD, 2: a higher price. */
		$text = sprintf( __( '%1$s, or up to %2$s if another provider has to make it', 'productvideo' ), $text, implode( ' / ', array_map( __NAMESPACE__ . '\price_text', $up_to ) ) );
	}
	return array(
		'text'   => $text,
		'agreed' => $agreed,
	);
}

/** @param array $price With amount and currency. */
function price_text( array $price ): string {
	return number_format_i18n( (float) $price['amount'], 2 ) . ' ' . $price['currency'];
}

/** @return array|null|\WP_Error The product's newest video; null if it has none. */
function latest_video( int $product ) {
	$query = http_build_query(
		array(
			'shop'    => settings()['shop'],
			'product' => (string) $product,
			'take'    => 1,
		)
	);
	$page  = call_service( 'GET', '/api/v1/generations?' . $query );
	return is_wp_error( $page ) ? $page : ( $page['items'][0] ?? null );
}

/** @return array|\WP_Error */
function call_service( string $method, string $path, ?array $body = null, array $headers = array() ) {
	if ( ! is_connected() ) {
		return new \WP_Error( 'productvideo_unconnected', __( 'Connect this shop to ProductVideo first, under Settings → ProductVideo.', 'productvideo' ) );
	}
	$answer = wp_remote_request(
		untrailingslashit( settings()['url'] ) . $path,
		array(
			'method'      => $method,
			'timeout'     => 15,
			'redirection' => 0,
			'headers'     => $headers + array(
				'Authorization' => 'Bearer ' . settings()['key'],
				'Accept'        => 'application/json',
				'Content-Type'  => 'application/json',
			),
			'body'        => null === $body ? null : wp_json_encode( (object) $body ),
		)
	);
	if ( is_wp_error( $answer ) ) {
		return new \WP_Error( 'productvideo_unreachable', __( 'ProductVideo can’t be reached just now. Nothing was lost; try again in a moment.', 'productvideo' ), $answer->get_error_message() );
	}
	$status = (int) wp_remote_retrieve_response_code( $answer );
	$told   = json_decode( wp_remote_retrieve_body( $answer ), true );
	if ( $status >= 200 && $status < 300 && is_array( $told ) ) {
		return $told;
	}
	if ( 401 === $status || 403 === $status ) {
		return new \WP_Error( 'productvideo_refused', __( 'ProductVideo does not accept this shop’s key. Make a new one there and enter it under Settings → ProductVideo.', 'productvideo' ) );
	}
	// The service's own words for the merchant.
	$detail = is_array( $told ) ? ( $told['detail'] ?? $told['title'] ?? '' ) : '';
	return new \WP_Error( 'productvideo_failed', $detail ? $detail : __( 'ProductVideo did not answer as expected. Check its address under Settings → ProductVideo.', 'productvideo' ) );
}

/** A video in words for the product's page. */
function words_of( ?array $video ): array {
	$states = array(
		'Planned'        => __( 'Waiting to be made', 'productvideo' ),
		'Submitting'     => __( 'Waiting to be made', 'productvideo' ),
		'Rendering'      => __( 'Being made', 'productvideo' ),
		'Fetching'       => __( 'Being checked', 'productvideo' ),
		'AwaitingReview' => __( 'Ready for your review', 'productvideo' ),
		'Publishing'     => __( 'On its way to the listing', 'productvideo' ),
		'Published'      => __( 'On the listing', 'productvideo' ),
		'Withdrawing'    => __( 'Being taken off the listing', 'productvideo' ),
		'Withdrawn'      => __( 'Taken off the listing', 'productvideo' ),
		'Rejected'       => __( 'Rejected', 'productvideo' ),
		'Cancelled'      => __( 'Cancelled', 'productvideo' ),
		'Failed'         => __( 'It could not be made', 'productvideo' ),
		'InDoubt'        => __( 'Needs your decision', 'productvideo' ),
	);
	$state  = $video['state'] ?? '';
	return array(
		'state'   => $states[ $state ] ?? ( $video ? $state : __( 'No video yet', 'productvideo' ) ),
		'percent' => 'Rendering' === $state && isset( $video['progress'] ) ? (int) floor( 100 * $video['progress'] ) : null,
		'problem' => $video['problem']['merchantText'] ?? '',
		'moving'  => in_array( $state, array( 'Planned', 'Submitting', 'Rendering', 'Fetching', 'Publishing', 'Withdrawing' ), true ),
		'link'    => isset( $video['id'] ) ? untrailingslashit( settings()['url'] ) . '/videos/' . rawurlencode( $video['id'] ) : '',
	);
}

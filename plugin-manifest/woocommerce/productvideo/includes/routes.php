<?php
/**
 * What the ProductVideo service calls, signed in by an application password: which videos a product has, putting one on, taking one off.
 *
 * @package ProductVideo
 */

namespace ProductVideo;

defined( 'ABSPATH' ) || exit;

add_action( 'rest_api_init', __NAMESPACE__ . '\register_routes' );

function register_routes(): void {
	$product = '/products/(?P<id>\d{1,18})/videos';
	$guard   = __NAMESPACE__ . '\may_call';
	register_rest_route(
		'productvideo/v1',
		'/status',
		array(
			'methods'             => 'GET',
			'callback'            => __NAMESPACE__ . '\tell_versions',
			'permission_callback' => $guard,
		)
	);
	register_rest_route(
		'productvideo/v1',
		$product,
		array(
			'methods'             => 'GET',
			'callback'            => __NAMESPACE__ . '\list_route',
			'permission_callback' => $guard,
		)
	);
	register_rest_route(
		'productvideo/v1',
		$product . '/(?P<key>[a-z0-9-]{1,64})',
		array(
			array(
				'methods'             => 'PUT',
				'callback'            => __NAMESPACE__ . '\put_route',
				'permission_callback' => $guard,
				'args'                => array(
					'media_id'  => whole_number( true, 1 ),
					'poster_id' => array( 'type' => array( 'integer', 'null' ) ),
					'width'     => whole_number( true, 1 ),
					'height'    => whole_number( true, 1 ),
					'seconds'   => array(
						'type'     => 'number',
						'required' => true,
						'minimum'  => 0,
					),
					'made_with_ai' => array(
						'type'    => 'boolean',
						'default' => false,
					),
					'alt'       => array(
						'type'              => 'string',
						'default'           => '',
						'sanitize_callback' => 'sanitize_text_field',
					),
				),
			),
			array(
				'methods'             => 'DELETE',
				'callback'            => __NAMESPACE__ . '\delete_route',
				'permission_callback' => $guard,
			),
		)
	);
}

function whole_number( bool $required, int $least ): array {
	return array(
		'type'     => 'integer',
		'required' => $required,
		'minimum'  => $least,
	);
}

/** @return true|\WP_Error */
function may_call() {
	$edit = post_type_exists( 'product' ) ? get_post_type_object( 'product' )->cap->edit_posts : 'edit_posts';
	return current_user_can( $edit ) && current_user_can( 'upload_files' )
		? true
		: new \WP_Error(
			'productvideo_forbidden',
			__( 'Sign in as a user who may edit products and upload files.', 'productvideo' ),
			array( 'status' => rest_authorization_required_code() )
		);
}

function tell_versions(): array {
	return array(
		'version'            => VERSION,
		'wordpress'          => get_bloginfo( 'version' ),
		'woocommerce'        => defined( 'WC_VERSION' ) ? WC_VERSION : null,
		'edits_all_products' => post_type_exists( 'product' ) && current_user_can( get_post_type_object( 'product' )->cap->edit_others_posts ),
		'deletes_uploads'    => current_user_can( get_post_type_object( 'attachment' )->cap->delete_posts ),
	);
}

/** @return array|\WP_Error */
function list_route( \WP_REST_Request $request ) {
	$product = product_to_edit( $request );
	return is_wp_error( $product ) ? $product : array_map( static fn( $video ) => view_of( $product, $video ), videos_of( $product->ID ) );
}

/** @return array|\WP_Error */
function put_route( \WP_REST_Request $request ) {
	$product = product_to_edit( $request );
	if ( is_wp_error( $product ) ) {
		return $product;
	}
	$media  = (int) $request['media_id'];
	$poster = (int) $request['poster_id'];
	if ( ! is_video( $media ) ) {
		return refusal( 400, 'productvideo_not_a_video', __( 'media_id is no uploaded video.', 'productvideo' ), array( 'media_id' ) );
	}
	// They go with the video when it comes off: only who may delete them may give them.
	foreach ( array_filter( array( $media, $poster ) ) as $file ) {
		if ( 'attachment' === get_post_type( $file ) && ! current_user_can( 'delete_post', $file ) ) {
			return refusal( 403, 'productvideo_keeps_files', __( 'This user may not delete that file, and so not give it.', 'productvideo' ) );
		}
	}
	if ( $poster && ! wp_attachment_is_image( $poster ) ) {
		return refusal( 400, 'productvideo_invalid', __( 'poster_id is no uploaded picture.', 'productvideo' ), array( 'poster_id' ) );
	}
	$video = array(
		'key'       => $request['key'],
		'media_id'  => $media,
		'poster_id' => $poster,
		'width'     => (int) $request['width'],
		'height'    => (int) $request['height'],
		'seconds'   => (float) $request['seconds'],
		'alt'       => (string) $request['alt'],
		'made_with_ai' => (bool) $request['made_with_ai'],
	);
	return in_turn(
		static function () use ( $product, $video ) {
			list( $there, $was_there ) = put_video( $product->ID, $video );
			return view_of( $product, $there ) + array( 'was_there' => $was_there );
		}
	);
}

/** @return array|\WP_Error */
function delete_route( \WP_REST_Request $request ) {
	// Off a product that is gone for ever, nothing has to be taken; one in the bin may come back.
	$product = get_post( (int) $request['id'] );
	$is_gone = ! $product || 'product' !== $product->post_type;
	if ( ! $is_gone && ! current_user_can( 'edit_post', $product->ID ) ) {
		return refusal( 403, 'productvideo_forbidden', __( 'This user may not edit that product.', 'productvideo' ) );
	}
	return in_turn(
		static function () use ( $product, $is_gone, $request ) {
			$removed = ! $is_gone && remove_video( $product->ID, $request['key'] );
			delete_unused_files( (int) $request['id'], $request['key'] );
			return array( 'removed' => $removed );
		}
	);
}

/** @return array|\WP_Error */
function in_turn( callable $work ) {
	try {
		return $work();
	} catch ( Busy $e ) {
		return refusal( 503, 'productvideo_busy', __( 'Videos are being changed by another request. Try again in a moment.', 'productvideo' ) );
	}
}

/** @return \WP_Post|\WP_Error */
function product_to_edit( \WP_REST_Request $request ) {
	$product = find_product( (int) $request['id'] );
	if ( ! $product ) {
		return refusal( 404, 'productvideo_unknown_product', __( 'There is no such product.', 'productvideo' ) );
	}
	return current_user_can( 'edit_post', $product->ID )
		? $product
		: refusal( 403, 'productvideo_forbidden', __( 'This user may not edit that product.', 'productvideo' ) );
}

function refusal( int $status, string $code, string $message, array $params = array() ): \WP_Error {
	return new \WP_Error(
		$code,
		$message,
		array(
			'status' => $status,
			'params' => $params,
		)
	);
}

function view_of( \WP_Post $product, array $video ): array {
	$poster = (int) ( $video['poster_id'] ?? 0 );
	return array(
		'key'         => $video['key'],
		'media_id'    => (int) $video['media_id'],
		'source_url'  => wp_get_attachment_url( (int) $video['media_id'] ),
		'poster_id'   => $poster ? $poster : null,
		'poster_url'  => $poster ? wp_get_attachment_url( $poster ) : null,
		'width'       => (int) $video['width'],
		'height'      => (int) $video['height'],
		'seconds'     => (float) $video['seconds'],
		'alt'         => $video['alt'],
		'made_with_ai' => ! empty( $video['made_with_ai'] ),
		'listing_url' => get_permalink( $product ),
	);
}

<?php
/**
 * "Generate video" for several products of the list at once.
 *
 * @package ProductVideo
 */

namespace ProductVideo;

defined( 'ABSPATH' ) || exit;

/** What one page of the list may order; a whole catalogue is ordered in the service, which asks for its price first. */
const MOST_AT_ONCE = 50;

add_filter(
	'bulk_actions-edit-product',
	static function ( array $actions ): array {
		return is_connected() ? $actions + array( 'productvideo_generate' => __( 'Generate video', 'productvideo' ) ) : $actions;
	}
);
add_filter( 'handle_bulk_actions-edit-product', __NAMESPACE__ . '\generate_many', 10, 3 );
add_action( 'admin_notices', __NAMESPACE__ . '\tell_many' );

function generate_many( string $back, string $action, array $products ): string {
	if ( 'productvideo_generate' !== $action ) {
		return $back;
	}
	$ordered = 0;
	$failed  = array();
	foreach ( array_slice( array_map( 'intval', $products ), 0, MOST_AT_ONCE ) as $product ) {
		if ( ! find_product( $product ) || ! current_user_can( 'edit_post', $product ) ) {
			continue;
		}
		$video = order_video( $product, wp_generate_uuid4() );
		if ( is_wp_error( $video ) ) {
			$failed[] = get_the_title( $product ) . ': ' . $video->get_error_message();
			// What is wrong with the connection is wrong for all of them.
			if ( 'productvideo_failed' !== $video->get_error_code() ) {
				break;
			}
		} else {
			++$ordered;
		}
	}
	set_transient(
		'productvideo_bulk_' . get_current_user_id(),
		array(
			'ordered' => $ordered,
			'left'    => max( 0, count( $products ) - MOST_AT_ONCE ),
			'failed'  => array_slice( $failed, 0, 5 ),
		),
		MINUTE_IN_SECONDS
	);
	return $back;
}

function tell_many(): void {
	$told = get_transient( 'productvideo_bulk_' . get_current_user_id() );
	if ( ! is_array( $told ) ) {
		return;
	}
	delete_transient( 'productvideo_bulk_' . get_current_user_id() );
	/* translators: %d: how many. */
	$ordered = sprintf( _n( '%d video was ordered.', '%d videos were ordered.', $told['ordered'], 'productvideo' ), $told['ordered'] );
	if ( $told['left'] ) {
		/* translators: 1: how many at most, 2: how many were left out. */
		$ordered .= ' ' . sprintf( __( 'At most %1$d at once; %2$d were left out.', 'productvideo' ), MOST_AT_ONCE, $told['left'] );
	}
	printf( '<div class="notice notice-%s" data-testid="ordered"><p>%s</p></div>', $told['failed'] ? 'warning' : 'success', esc_html( implode( ' ', array_merge( array( $ordered ), $told['failed'] ) ) ) );
}

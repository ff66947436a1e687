<?php
/**
 * "Generate video" for several products of the list at once. Free ones are ordered at once; what costs something is added up and asked about.
 *
 * @package ProductVideo
 */

namespace ProductVideo;

defined( 'ABSPATH' ) || exit;

/** What one page of the list may order; a whole catalogue is ordered in the service. */
const MOST_AT_ONCE = 20;

add_filter(
	'bulk_actions-edit-product',
	static function ( array $actions ): array {
		return is_connected() ? $actions + array( 'productvideo_generate' => __( 'Generate video', 'productvideo' ) ) : $actions;
	}
);
add_filter( 'handle_bulk_actions-edit-product', __NAMESPACE__ . '\generate_many', 10, 3 );
add_action( 'admin_post_productvideo_bulk', __NAMESPACE__ . '\generate_agreed' );
add_action( 'admin_notices', __NAMESPACE__ . '\tell_many' );

function generate_many( string $back, string $action, array $products ): string {
	if ( 'productvideo_generate' === $action ) {
		$told         = order_many( array_slice( array_map( 'intval', $products ), 0, MOST_AT_ONCE ), array() );
		$told['left'] = max( 0, count( $products ) - MOST_AT_ONCE );
		set_transient( told_name(), $told, HOUR_IN_SECONDS );
	}
	return $back;
}

/** The merchant has seen what the rest costs, and agrees or does not. */
function generate_agreed(): void {
	check_admin_referer( 'productvideo_bulk' );
	$told = get_transient( told_name() );
	delete_transient( told_name() );
	if ( is_array( $told ) && $told['asked'] && ! isset( $_POST['not_now'] ) ) {
		set_transient( told_name(), order_many( array_keys( $told['asked'] ), $told['asked'] ) + array( 'left' => 0 ), HOUR_IN_SECONDS );
	}
	wp_safe_redirect( admin_url( 'edit.php?post_type=product' ) );
	exit;
}

/**
 * Orders what is free or was agreed to at this price.
 *
 * @param int[]    $products Whose videos.
 * @param string[] $agreed   Prices that were agreed to, by product.
 */
function order_many( array $products, array $agreed ): array {
	$told = array(
		'ordered' => 0,
		'failed'  => array(),
		'asked'   => array(),
		'untried' => 0,
	);
	// Each of them is looked at in the shop before it is priced.
	if ( function_exists( 'set_time_limit' ) ) {
		set_time_limit( 30 * ( 1 + count( $products ) ) );
	}
	foreach ( $products as $place => $product ) {
		if ( ! find_product( $product ) || ! current_user_can( 'edit_post', $product ) ) {
			continue;
		}
		$cost = cost_of( $product );
		if ( is_array( $cost ) && '' !== $cost['text'] && ( $agreed[ $product ] ?? '' ) !== $cost['text'] ) {
			$told['asked'][ $product ] = $cost['text'];
			continue;
		}
		$answer = is_wp_error( $cost ) ? $cost : order_video( $product, wp_generate_uuid4(), $cost['agreed'] );
		if ( ! is_wp_error( $answer ) ) {
			++$told['ordered'];
			continue;
		}
		$told['failed'][] = get_the_title( $product ) . ': ' . $answer->get_error_message();
		// What is wrong with the connection is wrong for all of them.
		if ( 'productvideo_failed' !== $answer->get_error_code() ) {
			$told['untried'] = count( $products ) - $place - 1;
			break;
		}
	}
	return $told;
}

function tell_many(): void {
	$told   = get_transient( told_name() );
	$screen = get_current_screen();
	if ( ! is_array( $told ) || ! $screen || 'edit-product' !== $screen->id ) {
		return;
	}
	if ( ! $told['asked'] ) {
		delete_transient( told_name() );
	}
	/* translators: %d: how many. */
	$text = array( sprintf( _n( '%d video was ordered.', '%d videos were ordered.', $told['ordered'], 'productvideo' ), $told['ordered'] ) );
	if ( $told['left'] ) {
		/* translators: 1: how many at most, 2: how many were left out. */
		$text[] = sprintf( __( 'At most %1$d at once; %2$d were left out.', 'productvideo' ), MOST_AT_ONCE, $told['left'] );
	}
	$text = array_merge( $text, array_slice( $told['failed'], 0, 5 ) );
	if ( ! empty( $told['untried'] ) ) {
		/* translators: %d: how many. */
		$text[] = sprintf( _n( '%d more product was not tried.', '%d more products were not tried.', $told['untried'], 'productvideo' ), $told['untried'] );
	}
	printf( '<div class="notice notice-%s" data-testid="ordered"><p>%s</p>', $told['failed'] ? 'warning' : 'success', esc_html( implode( ' ', $text ) ) );
	if ( $told['asked'] ) {
		$prices = array();
		foreach ( $told['asked'] as $product => $price ) {
			$prices[] = get_the_title( $product ) . ': ' . $price;
		}
		printf(
			'<form method="post" action="%s"><input type="hidden" name="action" value="productvideo_bulk">%s<p>%s</p><ul><li>%s</li></ul><p><button class="button button-primary" data-testid="agree">%s</button> <button class="button" name="not_now" value="1" data-testid="not-now">%s</button></p></form>',
			esc_url( admin_url( 'admin-post.php' ) ),
			wp_nonce_field( 'productvideo_bulk', '_wpnonce', true, false ), // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- WordPress's own field.
			esc_html__( 'These cost something; nothing is ordered before you agree:', 'productvideo' ),
			implode( '</li><li>', array_map( 'esc_html', $prices ) ), // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped
			esc_html__( 'Order them at these prices', 'productvideo' ),
			esc_html__( 'Not now', 'productvideo' )
		);
	}
	echo '</div>';
}

function told_name(): string {
	return 'productvideo_bulk_' . get_current_user_id();
}

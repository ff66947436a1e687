<?php
/**
 * The box on the product's page: how its video stands, and the button that orders one.
 *
 * @package ProductVideo
 */

namespace ProductVideo;

defined( 'ABSPATH' ) || exit;

add_action(
	'add_meta_boxes_product',
	static function () {
		add_meta_box( 'productvideo', __( 'Product video', 'productvideo' ), __NAMESPACE__ . '\show_box', 'product', 'side' );
	}
);
add_action( 'wp_ajax_productvideo_generate', __NAMESPACE__ . '\generate_from_box' );
add_action( 'wp_ajax_productvideo_status', __NAMESPACE__ . '\tell_box' );

function show_box( \WP_Post $product ): void {
	if ( 'auto-draft' === $product->post_status ) {
		echo '<p>' . esc_html__( 'Save the product with its pictures first.', 'productvideo' ) . '</p>';
		return;
	}
	if ( ! is_connected() ) {
		printf( '<p>%s <a href="%s">%s</a></p>', esc_html__( 'This shop is not connected to ProductVideo yet.', 'productvideo' ), esc_url( admin_url( 'options-general.php?page=productvideo' ) ), esc_html__( 'Connect it', 'productvideo' ) );
		return;
	}
	wp_enqueue_script( 'productvideo-box', plugins_url( 'assets/product-box.js', __DIR__ ), array(), VERSION, true );
	printf(
		'<div id="productvideo-box" data-ajax="%s" data-nonce="%s" data-product="%d" data-outdated="%s" data-unread="%s"><p class="productvideo-state" role="status" data-testid="state">…</p><p class="productvideo-problem" data-testid="problem" hidden></p><p><button type="button" class="button button-primary" data-testid="generate">%s</button> <a class="productvideo-link" target="_blank" rel="noopener" data-testid="look" hidden>%s</a></p></div>',
		esc_url( admin_url( 'admin-ajax.php' ) ),
		esc_attr( wp_create_nonce( 'productvideo_' . $product->ID ) ),
		(int) $product->ID,
		esc_attr__( 'This page is out of date. Load it again.', 'productvideo' ),
		esc_attr__( 'The shop gave no answer that this page can read. Try again in a moment; if that does not help, load the page again.', 'productvideo' ),
		esc_html__( 'Generate video', 'productvideo' ),
		esc_html__( 'Look at it', 'productvideo' )
	);
	foreach ( videos_of( $product->ID ) as $video ) {
		echo player( $video ); // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- Escaped where it is made.
	}
}

function generate_from_box(): void {
	$product = product_of_call();
	$key     = isset( $_POST['key'] ) ? sanitize_text_field( wp_unslash( $_POST['key'] ) ) : ''; // phpcs:ignore WordPress.Security.NonceVerification.Missing -- product_of_call looks at it.
	$agreed  = isset( $_POST['agreed'] ) ? sanitize_text_field( wp_unslash( $_POST['agreed'] ) ) : ''; // phpcs:ignore WordPress.Security.NonceVerification.Missing -- As above.
	$cost    = cost_of( $product );
	if ( is_wp_error( $cost ) ) {
		answer_box( $cost );
	}
	// Nothing is paid for at a price that the merchant has not seen.
	if ( '' !== $cost['text'] && $cost['text'] !== $agreed ) {
		wp_send_json_success(
			words_of( null ) + array(
				'price'   => $cost['text'],
				/* translators: %s: a price, such as 0.70 USD. */
				'confirm' => sprintf( __( 'This video costs about %s. Order it?', 'productvideo' ), $cost['text'] ),
			)
		);
	}
	answer_box( order_video( $product, '' === $key ? wp_generate_uuid4() : 'woocommerce-' . $key, $cost['agreed'] ) );
}

function tell_box(): void {
	answer_box( latest_video( product_of_call() ) );
}

function product_of_call(): int {
	$product = isset( $_POST['product'] ) ? absint( $_POST['product'] ) : 0; // phpcs:ignore WordPress.Security.NonceVerification.Missing -- Its nonce names it.
	check_ajax_referer( 'productvideo_' . $product );
	if ( ! find_product( $product ) || ! current_user_can( 'edit_post', $product ) ) {
		wp_send_json_error( array( 'problem' => __( 'You may not edit that product.', 'productvideo' ) ), 403 );
	}
	return $product;
}

/** @param array|null|\WP_Error $video As the service tells it. */
function answer_box( $video ): void {
	if ( is_wp_error( $video ) ) {
		// With the status of an answer that came: in the place of an error, a proxy such as Cloudflare puts a page of its own.
		wp_send_json_error( array( 'problem' => $video->get_error_message() ) );
	}
	wp_send_json_success( words_of( $video ) );
}

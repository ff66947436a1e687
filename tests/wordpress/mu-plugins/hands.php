<?php
// What only a test does: it looks at a product's meta as it is kept, and writes it as another plugin would.

// What caches of pages and product webhooks hear, once a test has put an empty list there.
foreach ( array( 'clean_post_cache', 'litespeed_purge_post', 'save_post_product', 'woocommerce_update_product' ) as $word ) {
	add_action(
		$word,
		static function ( $post ) use ( $word ) {
			$heard = get_option( 'test_heard' );
			if ( is_array( $heard ) ) {
				update_option( 'test_heard', array_merge( $heard, array( "$word $post" ) ) );
			}
		}
	);
}
add_filter( 'locale', static fn( $locale ) => get_option( 'test_locale' ) ?: $locale );

add_action(
	'rest_api_init',
	static function () {
		$may = static fn() => current_user_can( 'manage_options' );
		register_rest_route(
			'test/v1',
			'/meta/(?P<id>\d+)/(?P<key>[a-z_]+)',
			array(
				array(
					'methods'             => 'GET',
					'permission_callback' => $may,
					'callback'            => static fn( $request ) => get_post_meta( (int) $request['id'], $request['key'] ),
				),
				array(
					'methods'             => 'PUT',
					'permission_callback' => $may,
					'callback'            => static fn( $request ) => update_post_meta( (int) $request['id'], $request['key'], wp_slash( $request['value'] ) ),
				),
				array(
					'methods'             => 'DELETE',
					'permission_callback' => $may,
					'callback'            => static fn( $request ) => delete_post_meta( (int) $request['id'], $request['key'] ),
				),
			)
		);
		register_rest_route(
			'test/v1',
			'/duplicate/(?P<id>\d+)',
			array(
				'methods'             => 'POST',
				'permission_callback' => $may,
				'callback'            => static function ( $request ) {
					$from = (int) $request['id'];
					$copy = wp_insert_post( array( 'post_type' => 'product', 'post_status' => 'draft', 'post_title' => get_the_title( $from ) . ' (Copy)' ) );
					$all  = get_post_meta( $from );
					// As WooCommerce's "Duplicate" does it.
					foreach ( array_diff( array_keys( $all ), apply_filters( 'woocommerce_duplicate_product_exclude_meta', array(), array_keys( $all ) ) ) as $key ) {
						foreach ( $all[ $key ] as $value ) {
							add_post_meta( $copy, $key, wp_slash( maybe_unserialize( $value ) ) );
						}
					}
					$known_by = static fn( $id ) => new class( $id ) {
						private $id;
						public function __construct( $id ) {
							$this->id = $id;
						}
						public function get_id() {
							return $this->id;
						}
					};
					do_action( 'woocommerce_product_duplicate', $known_by( $copy ), $known_by( $from ) );
					return array( 'id' => $copy );
				},
			)
		);
		register_rest_route(
			'test/v1',
			'/category-of/(?P<picture>\d+)',
			array(
				'methods'             => 'PUT',
				'permission_callback' => $may,
				'callback'            => static fn( $request ) => update_term_meta( wp_insert_term( 'Of ' . $request['picture'], 'category' )['term_id'], 'thumbnail_id', $request['picture'] ),
			)
		);
		register_rest_route(
			'test/v1',
			'/option/(?P<name>[a-z_]+)',
			array(
				'methods'             => 'PUT',
				'permission_callback' => $may,
				'callback'            => static fn( $request ) => update_option( $request['name'], $request['value'] ),
			)
		);
		register_rest_route(
			'test/v1',
			'/option/(?P<name>[a-z_]+)',
			array(
				'methods'             => 'GET',
				'permission_callback' => $may,
				'callback'            => static fn( $request ) => get_option( $request['name'] ),
			)
		);
		register_rest_route(
			'test/v1',
			'/uninstall',
			array(
				'methods'             => 'POST',
				'permission_callback' => $may,
				// As WordPress does it, but for the files.
				'callback'            => static function () {
					define( 'WP_UNINSTALL_PLUGIN', 'productvideo/productvideo.php' );
					require WP_PLUGIN_DIR . '/productvideo/uninstall.php';
					return true;
				},
			)
		);
	}
);

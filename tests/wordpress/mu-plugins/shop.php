<?php
// What WooCommerce would bring: products, and the questions about them that the connector asks.
add_action(
	'init',
	static function () {
		register_post_type(
			'product',
			array(
				'label'    => 'Products',
				'public'   => true,
				'show_ui'  => true,
				// So that the tests can put a product into the bin and back.
				'show_in_rest' => true,
				'supports' => array( 'title', 'editor', 'excerpt', 'thumbnail' ),
				'rewrite'  => array( 'slug' => 'product' ),
			)
		);
	}
);

// There once a test switches it on: until then the plugin takes the shop for one without WooCommerce's pages.
if ( 'yes' === get_option( 'test_woocommerce_pages' ) ) {
	function WC() {}
}

// WooCommerce edits products with the classic editor.
add_filter( 'use_block_editor_for_post_type', '__return_false' );

add_action(
	'rest_api_init',
	static function () {
		$may  = static fn() => current_user_can( 'edit_posts' ) ? true : new WP_Error( 'woocommerce_rest_cannot_view', 'Sorry, you cannot list resources.', array( 'status' => rest_authorization_required_code() ) );
		$view = static fn( WP_Post $post ) => array(
			'id'                => $post->ID,
			'name'              => $post->post_title,
			'type'              => 'simple',
			'status'            => $post->post_status,
			'permalink'         => get_permalink( $post ),
			'date_modified_gmt' => get_post_modified_time( 'Y-m-d\TH:i:s', true, $post ),
			'description'       => $post->post_content,
			'short_description' => '',
			'price'             => '11.90',
			'images'            => array_map(
				static fn( $id ) => array( 'id' => $id, 'src' => wp_get_attachment_url( $id ), 'alt' => '', 'date_modified_gmt' => get_post_modified_time( 'Y-m-d\TH:i:s', true, $id ) ),
				get_post_meta( $post->ID, '_test_images', true ) ?: array()
			),
			'of_another_plugin' => get_post_meta( $post->ID, 'of_another_plugin', true ),
			'categories'        => array(),
			'tags'              => array(),
			'brands'            => array(),
			'attributes'        => array(),
			'variations'        => array(),
		);
		register_rest_route(
			'wc/v3',
			'/products',
			array(
				'methods'             => 'GET',
				'permission_callback' => $may,
				'callback'            => static fn( $request ) => array_map(
					$view,
					get_posts( array( 'post_type' => 'product', 'post_status' => array( 'publish', 'draft' ), 'orderby' => 'ID', 'order' => 'ASC', 'posts_per_page' => (int) $request['per_page'], 'offset' => (int) $request['offset'], 's' => (string) $request['search'] ) )
				),
			)
		);
		register_rest_route(
			'wc/v3',
			'/products/(?P<id>\d+)',
			array(
				'methods'             => 'GET',
				'permission_callback' => $may,
				'callback'            => static fn( $request ) => 'product' === get_post_type( (int) $request['id'] )
					? $view( get_post( (int) $request['id'] ) )
					: new WP_Error( 'woocommerce_rest_product_invalid_id', 'Invalid ID.', array( 'status' => 404 ) ),
			)
		);
	}
);

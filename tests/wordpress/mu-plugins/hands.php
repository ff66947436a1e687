<?php
// What only a test does: it looks at a product's meta as it is kept, and writes it as another plugin would.
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
			'/option/(?P<name>[a-z_]+)',
			array(
				'methods'             => 'PUT',
				'permission_callback' => $may,
				'callback'            => static fn( $request ) => update_option( $request['name'], $request['value'] ),
			)
		);
	}
);

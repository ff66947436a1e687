<?php
// Sets WordPress up: its tables, a merchant, a visitor, the plugin, two products with pictures. Prints what the tests need to know.
define( 'WP_INSTALLING', true );
$_SERVER['HTTP_HOST'] = parse_url( getenv( 'PV_WP_HOME' ), PHP_URL_HOST ) . ':' . parse_url( getenv( 'PV_WP_HOME' ), PHP_URL_PORT );
require $argv[1] . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';
require_once ABSPATH . 'wp-admin/includes/image.php';

// No mail leaves a test.
add_filter( 'pre_wp_mail', '__return_true' );
wp_install( 'Test shop', 'merchant', 'merchant@shop.example', false, '', 'a password for tests' );
update_option( 'permalink_structure', '/%postname%/' );
switch_theme( 'shop' );
foreach ( array( 'productvideo/productvideo.php' ) as $plugin ) {
	$active = activate_plugin( $plugin );
	is_wp_error( $active ) && exit( $active->get_error_message() );
}
$reader             = wp_create_user( 'reader', 'another password', 'reader@shop.example' );
list( $password )   = WP_Application_Passwords::create_new_application_password( 1, array( 'name' => 'ProductVideo' ) );
list( $of_reader )  = WP_Application_Passwords::create_new_application_password( $reader, array( 'name' => 'ProductVideo' ) );
$author             = wp_create_user( 'author', 'a third password', 'author@shop.example' );
( new WP_User( $author ) )->set_role( 'author' );
list( $of_author )  = WP_Application_Passwords::create_new_application_password( $author, array( 'name' => 'ProductVideo' ) );
add_role( 'uploader', 'Uploader', array_fill_keys( array( 'read', 'edit_posts', 'edit_others_posts', 'edit_published_posts', 'upload_files' ), true ) );
$uploader           = wp_create_user( 'uploader', 'a fourth password', 'uploader@shop.example' );
( new WP_User( $uploader ) )->set_role( 'uploader' );
list( $of_uploader ) = WP_Application_Passwords::create_new_application_password( $uploader, array( 'name' => 'ProductVideo' ) );
$of_authors         = wp_insert_post( array( 'post_type' => 'product', 'post_status' => 'publish', 'post_title' => 'By the author', 'post_author' => $author ) );
$products           = array();
foreach ( array( 'Stoneware mug', 'Tea tin' ) as $title ) {
	$product = wp_insert_post(
		array(
			'post_type'    => 'product',
			'post_status'  => 'publish',
			'post_title'   => $title,
			'post_content' => "<p>$title, made by hand.</p>",
		)
	);
	$images  = array();
	foreach ( array_slice( $argv, 2 ) as $picture ) {
		$file     = wp_upload_bits( sanitize_title( $title ) . '-' . basename( $picture ), null, file_get_contents( $picture ) );
		$images[] = wp_insert_attachment( array( 'post_mime_type' => 'image/jpeg', 'post_title' => $title ), $file['file'], $product );
	}
	update_post_meta( $product, '_test_images', $images );
	update_post_meta( $product, 'of_another_plugin', 'stays' );
	$products[] = $product;
}
flush_rewrite_rules();
echo wp_json_encode( array( 'password' => $password, 'passwordOfReader' => $of_reader, 'passwordOfAuthor' => $of_author, 'passwordOfUploader' => $of_uploader, 'productOfAuthor' => $of_authors, 'products' => $products ) ), "\n";

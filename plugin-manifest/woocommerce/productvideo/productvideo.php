<?php
/**
 * Plugin Name:          ProductVideo
 * Description:          A video for every product: ordered from the product's page, checked, and shown in its gallery.
 * Version:              0.1.0
 * Requires at least:    6.1
 * Requires PHP:         7.4
 * WC requires at least: 8.0
 * WC tested up to:      10.5
 * License:              GPL-2.0-or-later
 * License URI:          https://www.gnu.org/licenses/gpl-2.0.html
 * Text Domain:          productvideo
 * Domain Path:          /languages
 *
 * @package ProductVideo
 */

namespace ProductVideo;

defined( 'ABSPATH' ) || exit;

const VERSION = '0.1.0';

foreach ( array( 'videos', 'gallery-store', 'stock', 'price', 'routes', 'storefront', 'service', 'settings', 'product-box', 'bulk-action' ) as $part ) {
	require __DIR__ . "/includes/$part.php";
}

add_action(
	'before_woocommerce_init',
	static function () {
		// Orders are no concern of this plugin, wherever they are kept.
		if ( class_exists( '\Automattic\WooCommerce\Utilities\FeaturesUtil' ) ) {
			\Automattic\WooCommerce\Utilities\FeaturesUtil::declare_compatibility( 'custom_order_tables', __FILE__, true );
		}
	}
);

add_action( 'init', static fn() => load_plugin_textdomain( 'productvideo', false, dirname( plugin_basename( __FILE__ ) ) . '/languages' ) );
add_filter( 'load_textdomain_mofile', __NAMESPACE__ . '\one_german_for_all', 10, 2 );

/** WordPress knows five kinds of German; the plugin's says "Sie" and does for each that has no file of its own. */
function one_german_for_all( string $file, string $domain ): string {
	return 'productvideo' === $domain && ! is_readable( $file ) && preg_match( '/-de(_[A-Za-z_]+)?\.mo$/', $file ) ? __DIR__ . '/languages/productvideo-de_DE.mo' : $file;
}

/** The product, if there is one that is not in the bin. */
function find_product( int $id ): ?\WP_Post {
	$post = get_post( $id );
	return $post && 'product' === $post->post_type && ! in_array( $post->post_status, array( 'trash', 'auto-draft' ), true ) ? $post : null;
}

<?php
// Stands in for the class by which WooCommerce 11.1 is known to keep gallery videos; there once a test switches it on.
namespace Automattic\WooCommerce\Internal\ProductGallery;

if ( 'yes' === get_option( 'test_gallery_store' ) ) {
	final class ProductMediaGallery {}
}

<?php
// WooCommerce's questions about a price, as far as they are asked: a tax that the shop shows comes on top of what the merchant entered.

class Test_Product {
	protected $id;
	public function __construct( $id ) {
		$this->id = $id;
	}
	public function get_price() {
		return (string) get_post_meta( $this->id, '_price', true );
	}
}

/** Its variants cost what it costs, and are taxed otherwise. */
class Test_Variable_Product extends Test_Product {
	public function get_variation_price( $which, $for_display ) {
		return 'min' === $which && $for_display ? test_with_tax( $this->get_price(), get_post_meta( $this->id, '_test_variation_tax', true ) ) : $this->get_price();
	}
}

function wc_get_product( $id ) {
	return '' === get_post_meta( $id, '_test_variation_tax', true ) ? new Test_Product( $id ) : new Test_Variable_Product( $id );
}

function wc_get_price_to_display( $product ) {
	return test_with_tax( $product->get_price(), get_option( 'test_tax' ) );
}

/** Where nobody says from where a visitor is, there is none. */
function test_with_tax( $price, $tax ) {
	return (float) $price * ( 1 + ( has_filter( 'woocommerce_get_tax_location' ) ? (float) $tax : 0 ) );
}

function wc_get_price_decimals() {
	return 2;
}

function wc_format_decimal( $number, $decimals ) {
	return number_format( (float) $number, $decimals, '.', '' );
}

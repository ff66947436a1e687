using ProductVideo.Prompts.Liquid;

namespace ProductVideo.Prompts;

/// <summary>What was asked for can't be made from this product with this model.</summary>
/// <param name="field">The option or part of the product at fault: <c>template</c>, <c>aspect</c>, <c>seconds</c>, <c>images</c>, <c>model</c> or <c>wish</c>.</param>
/// <param name="merchantText">What is wrong and the way out.</param>
/// <param name="operatorText">The same with the details; the merchant's text where null.</param>
/// <param name="inner">What led to it.</param>
internal sealed class ComposeException(string field, string merchantText, string? operatorText = null, Exception? inner = null)
    : Exception(operatorText ?? merchantText, inner)
{
    public string Field { get; } = field;

    public string MerchantText { get; } = merchantText;

    /// <summary>Whether the style can't be written for this product's words: for another product the same may do.</summary>
    public bool IsOfWords => InnerException is LiquidException;
}

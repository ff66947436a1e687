using MudBlazor;

namespace ProductVideo.Admin.Layout;

/// <summary>A question before something that can't be undone.</summary>
/// <param name="Title">The question.</param>
/// <param name="Text">What will happen.</param>
/// <param name="Confirm">The button that does it.</param>
/// <param name="Grave">Whether it takes something away.</param>
/// <param name="Field">The label of a line to write; null for none.</param>
/// <param name="FieldNeeded">Whether the line may not be left empty.</param>
internal sealed record Ask(string Title, string Text, string Confirm, bool Grave = false, string? Field = null, bool FieldNeeded = false)
{
    /// <summary>What was written (maybe nothing); null if the person went back.</summary>
    public async Task<string?> ShowAsync(IDialogService dialogs)
    {
        var parameters = new DialogParameters<AskDialog>
        {
            { dialog => dialog.Text, Text },
            { dialog => dialog.Confirm, Confirm },
            { dialog => dialog.Grave, Grave },
            { dialog => dialog.Field, Field },
            { dialog => dialog.FieldNeeded, FieldNeeded },
        };
        var dialog = await dialogs.ShowAsync<AskDialog>(Title, parameters);
        return await dialog.Result is { Canceled: false, Data: string written } ? written : null;
    }
}

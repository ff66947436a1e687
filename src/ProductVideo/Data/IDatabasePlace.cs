namespace ProductVideo.Data;

/// <summary>Where the rows are: for a program that acts on what is there, and must not begin a new database because a name was mistyped.</summary>
internal interface IDatabasePlace
{
    /// <summary>As whoever runs the server knows it, without its password.</summary>
    string Name { get; }

    /// <summary>Whether a ProductVideo has its tables there. Changes nothing.</summary>
    /// <exception cref="DatabaseUnavailableException">It can't be asked.</exception>
    Task<bool> IsBegunAsync(CancellationToken cancellationToken);

    /// <summary>Writes a copy of all rows as they are at one moment into a new file, while others write on.</summary>
    /// <returns>False where the server has its own tools for that, and nothing was written.</returns>
    Task<bool> CopyToAsync(string file, CancellationToken cancellationToken);
}

namespace Navi.Drills.Staging;

/// <summary>The file of settings that the staged NAVI is started with; operators edit it.</summary>
internal sealed class Settings(string path)
{
    /// <summary>Where it lies.</summary>
    public string Path => path;

    /// <summary>Writes it anew.</summary>
    public void Write(IEnumerable<(string Name, string Value)> settings) => File.WriteAllLines(path, settings.Select(s => $"{s.Name}='{s.Value}'"));
}

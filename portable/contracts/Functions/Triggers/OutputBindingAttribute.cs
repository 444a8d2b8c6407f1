namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

public abstract class OutputBindingAttribute : BindingAttribute
{
    public OutputBindingAttribute()
    {
    }
}
